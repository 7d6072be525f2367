import { type Db, headMigration, migrate, openDb } from '@rushes/db'
import { startEmbedded } from '@rushes/db/embedded'
import { logger } from '@rushes/monitoring'
import type { Config } from '../config/config.ts'
import type { DataFolder } from '../data-folder/data-folder.ts'

const log = logger('releases')

/** The database of a process: two handles, of which only Core's `change` may use the second. */
export interface Database {
  readonly url: string
  readonly reader: Db
  readonly writer: Db
}

/** Starts the embedded server unless another is configured, brings the schema up to date and opens the pools. */
export async function openDatabase(
  { databaseUrl, ports }: Config,
  data: DataFolder,
  stack: AsyncDisposableStack,
): Promise<Database> {
  const url =
    databaseUrl ?? stack.use(await startEmbedded({ folder: data.postgres, port: ports.postgres })).url
  await migrate(url)
  const reader = stack.use(openDb({ url, readOnly: true }))
  await warnOfLoss(reader)
  return { url, reader, writer: stack.use(openDb({ url })) }
}

/** A server that is told not to wait for its disk forgets, in a power cut, what we have said is saved. */
async function warnOfLoss({ pool }: Db): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
  )
  for (const { name } of rows)
    log.warn(`the database runs with ${name} off: a power cut can lose what was saved`)
}

/** Rejects unless the database answers. */
export async function checkDatabase({ reader }: Database): Promise<void> {
  await reader.pool.query('select 1')
}

/** Rejects unless the newest migration of this code has run. */
export async function checkMigrations({ reader }: Database): Promise<void> {
  const head = await headMigration()
  const { rows } = await reader.pool.query<{ name: string }>('select name from kysely_migration')
  if (!rows.some(({ name }) => name === head)) throw new Error(`migration ${head} has not run`)
}

/** Connections that are taken from the pools right now. */
export function busyConnections({ reader, writer }: Database): number {
  return [reader, writer].reduce((busy, { pool }) => busy + pool.totalCount - pool.idleCount, 0)
}
