import type { Pool, PoolClient } from 'pg'
import { migrations, settlements } from '../tables.ts'

const QUALITY = `
create temp table quality (rule text not null, kind text not null, legacy_id text not null, field text not null, detail text) on commit drop`

/**
 * Works out, in the transaction at hand, what V2 should hold: tables `settled_…` from the staged ones, and `quality` with a row
 * for each time a rule across tables struck. Nothing outside the session changes.
 */
export async function settle(client: PoolClient): Promise<void> {
  await client.query(QUALITY)
  await client.query(`analyze ${STAGED.join(', ')}`)
  for (const { settle } of settlements) for (const sql of settle) await make(client, sql)
}

const STAGED = migrations.flatMap(({ targets }) => targets.map(({ name }) => name))

/** Nobody else counts the rows of a temporary table, and a plan made without counts loops over thousands. */
async function make(client: PoolClient, sql: string): Promise<void> {
  await client.query(sql)
  const made = /^create temp table (\w+)/.exec(sql)?.[1]
  if (made) await client.query(`analyze ${made}`)
}

/** Lends a connection for one transaction without a time limit, in UTC; commits unless `work` throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(
      `begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local timezone = 'UTC'`,
    )
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
