import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openPool } from './ledger/open-pool.ts'

/** An empty database of its own on the server that RUSHES_TEST_PG (an admin URL) names; dropped at disposal. */
export async function emptyDatabase(): Promise<AsyncDisposable & { url: string; pool: pg.Pool }> {
  const admin = process.env.RUSHES_TEST_PG
  if (!admin) throw new Error('RUSHES_TEST_PG must name a Postgres server for tests')
  const name = `dynasaur_${randomBytes(6).toString('hex')}`
  await onServer(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  const pool = openPool(url.href, 3, 'dynasaur tests')
  return {
    url: url.href,
    pool,
    [Symbol.asyncDispose]: async () => {
      await pool.end()
      await onServer(admin, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
