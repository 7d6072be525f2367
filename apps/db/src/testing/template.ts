import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { migrate } from '../migrate.ts'
import { session, withDatabase } from './admin.ts'

const migrations = new URL('../migrations/', import.meta.url)

/**
 * Makes the migrated template unless the server at `admin` has it, and returns its name. The name holds a hash of the
 * migrations; an advisory lock lets one of many test processes make it, and it gets its name only when complete.
 */
export async function ensureTemplate(admin: string): Promise<string> {
  const name = `rushes_template_${await hashMigrations()}`
  const draft = `${name}_draft`
  await session(admin, async (client) => {
    const known = async () =>
      (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1
    if (await known()) return
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    if (await known()) return
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft}`)
    await migrate(withDatabase(admin, draft))
    await client.query(`alter database ${draft} rename to ${name}`)
    await client.query(`alter database ${name} with is_template true allow_connections false`)
  })
  return name
}

async function hashMigrations(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(migrations)).sort())
    hash.update(file).update(await readFile(new URL(file, migrations)))
  return hash.digest('hex').slice(0, 16)
}
