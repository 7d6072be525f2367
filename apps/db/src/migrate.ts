import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { openDb } from './open.ts'

const folder = new URL('./migrations/', import.meta.url)

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const entries = files.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, folder), 'utf8')
    return [name.replace('.sql', ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/**
 * Brings the database at `url` to the newest schema; forward only. Two processes may start at once: kysely's lock lets
 * one migrate while the other waits. Returns the names applied. Throws the failed migration's own error.
 */
export async function migrate(url: string): Promise<string[]> {
  await using db = openDb({ url, poolSize: 2, statementTimeoutMs: 600_000 })
  const migrator = new Migrator({ db: db.kysely, provider: { getMigrations: readMigrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

/** The name of the newest migration this code knows; `/ready` compares it with the database's. */
export async function headMigration(): Promise<string> {
  return Object.keys(await readMigrations()).at(-1) ?? ''
}
