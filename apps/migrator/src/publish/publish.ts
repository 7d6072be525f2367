import type { Pool, PoolClient } from 'pg'
import { settlements } from '../tables.ts'
import type { Publication } from './publication.ts'
import { inTransaction, settle } from './settle.ts'

/** Rows of a V2 table that a publication wrote. */
export interface Published {
  table: string
  /** Rows V2 should have from the legacy estate. */
  rows: number
  /** Rows inserted or updated; 0 when they were there already. */
  written: number
}

/**
 * Brings what is staged into V2, all of it in one transaction. A row that V2 changed since it was migrated is left alone.
 * Migrated rows are history: no events. Foreign keys and counters are the database's own.
 */
export async function publish(pool: Pool): Promise<Published[]> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('migrator.publish'))`)
    await settle(client)
    await keepQuality(client)
    const published: Published[] = []
    for (const { publications } of settlements)
      for (const one of publications) published.push(await write(client, one))
    return published
  })
}

async function keepQuality(client: PoolClient): Promise<void> {
  await client.query(
    'create table if not exists legacy.quality (rule text not null, kind text not null, legacy_id text not null, field text not null, detail text)',
  )
  await client.query('delete from legacy.quality')
  await client.query('insert into legacy.quality select * from quality')
}

async function write(client: PoolClient, publication: Publication): Promise<Published> {
  const { table, columns, select } = publication
  const list = columns.map((column) => `"${column}"`).join(', ')
  const { rows } = await client.query(`select count(*) as n from (${select}) s`)
  const { rowCount } = await client.query(
    `insert into ${table} as t (${list}) ${select} ${onConflict(publication)}`,
  )
  return { table, rows: Number(rows[0].n), written: rowCount ?? 0 }
}

function onConflict({ key, columns, yields }: Publication): string {
  const rest = columns.filter((column) => !key.includes(column)).map((column) => `"${column}"`)
  const target = `on conflict (${key.map((column) => `"${column}"`).join(', ')})`
  if (rest.length === 0) return `${target} do nothing`
  const set = rest.map((column) => `${column} = excluded.${column}`).join(', ')
  const differs = `(${rest.map((column) => `t.${column}`).join(', ')}) is distinct from (${rest.map((column) => `excluded.${column}`).join(', ')})`
  return `${target} do update set ${set} where ${differs}${yields ? ' and t.updated_at <= excluded.updated_at' : ''}`
}
