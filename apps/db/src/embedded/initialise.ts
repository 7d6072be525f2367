import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { program } from './binaries.ts'
import { EmbeddedError } from './errors.ts'
import type { Layout } from './layout.ts'
import { giveTo, type Place } from './place.ts'

/** The name of the superuser and of the database. */
export const NAME = 'rushes'

/**
 * Makes the cluster when there is none. It appears under its name only when complete, so a start that was killed half-way
 * begins afresh. Returns the superuser's password. Throws `other_version` for a cluster of another major version.
 */
export async function initialise(layout: Layout, place: Place): Promise<string> {
  await mkdir(layout.folder, { recursive: true, mode: 0o700 })
  // The initdb of a killed start may still be writing for a moment.
  await rm(layout.draft, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  const version = await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) await create(layout, place)
  else checkVersion(version.trim(), place.installation.version)
  await giveTo(place.account, layout.folder)
  return readFile(layout.password, 'utf8')
}

function checkVersion(found: string, installed: string): void {
  if (installed.split('.')[0] !== found)
    throw new EmbeddedError(
      'other_version',
      `the data folder holds a database of PostgreSQL ${found} and this Rushes brings ${installed}; start the Rushes that made it and move the data with pg_dump`,
    )
}

async function create(layout: Layout, place: Place): Promise<void> {
  const { account, installation } = place
  await writeFile(layout.password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await giveTo(account, layout.folder)
  const args = [
    `--pgdata=${layout.draft}`,
    `--username=${NAME}`,
    `--pwfile=${layout.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts and folds the same on each system, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  const [command, wrapped] = account.wrap(program(installation, 'initdb'), args)
  await promisify(execFile)(command, wrapped, { ...account.spawn, cwd: '/', env: {} }).catch(
    async (error) => {
      await rm(layout.draft, { recursive: true, force: true })
      throw explain(String(error.stderr))
    },
  )
  await rename(layout.draft, layout.cluster)
}

function explain(stderr: string): EmbeddedError {
  if (stderr.includes('No space left on device'))
    return new EmbeddedError('disk_full', 'the disk is full: the database could not be made')
  const reason = stderr.split('\n').find((line) => /error|FATAL/.test(line))
  return new EmbeddedError('start_failed', `the database could not be made: ${reason ?? stderr.trim()}`)
}
