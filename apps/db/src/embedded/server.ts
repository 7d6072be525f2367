import { mkdir, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import pg from 'pg'
import { findInstallation } from './binaries.ts'
import { freePort } from './free-port.ts'
import { initialise, NAME } from './initialise.ts'
import { layoutOf } from './layout.ts'
import { stopLeftover } from './leftover.ts'
import { choosePlace } from './place.ts'
import { supervise } from './supervise.ts'

export interface EmbeddedOptions {
  /** A folder for this server alone; made when absent. Whoever starts it sees that nobody else uses it. */
  folder: string
  /** On 127.0.0.1; 0 takes a free one. */
  port: number
  /** false is faster, and a power cut may lose the data: for tests. */
  durable?: boolean
}

/** A running PostgreSQL of our own. Disposal is a fast shutdown and ends when the server has ended. */
export interface EmbeddedServer extends AsyncDisposable {
  /** Superuser's URL of the database `rushes`. */
  readonly url: string
  readonly pid: number
  /** Lets our process end and leaves the server running; the next start on the folder finds and stops it. */
  detach(): void
}

/**
 * Starts the embedded PostgreSQL on a folder, making the database first where there is none and stopping the server that a
 * killed run left behind. A server that dies is started again. Throws `EmbeddedError`.
 */
export async function startEmbedded({
  folder,
  port,
  durable = true,
}: EmbeddedOptions): Promise<EmbeddedServer> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const layout = layoutOf(await realpath(folder))
  const place = await choosePlace(await findInstallation(), dirname(layout.folder))
  await stopLeftover(layout.cluster)
  const password = await initialise(layout, place)
  const taken = port || (await freePort())
  const server = await supervise({ layout, place, port: taken, durable })
  const url = `postgres://${NAME}:${password}@127.0.0.1:${taken}`
  await ensureDatabase(url)
  return Object.assign(server, { url: `${url}/${NAME}` })
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME])
    if (rowCount === 0) await client.query(`create database ${NAME}`)
  } finally {
    await client.end()
  }
}
