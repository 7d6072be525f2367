import type { Pool, PoolClient } from 'pg'
import { settlements } from '../tables.ts'
import type { Publication } from './publication.ts'
import { inTransaction, settle } from './settle.ts'

const LISTED = 100

/** A row of V2 that is not what the rules make of the staged records. */
export interface PublishedDifference {
  table: string
  key: string
  column: string
  expected: unknown
  actual: unknown
}

/** The verdict on one V2 table. */
export interface PublishedVerdict {
  table: string
  rows: number
  /** Rows that V2 changed after the migration: left alone, and not compared. */
  changedSince: number
  different: number
  differences: PublishedDifference[]
}

/** Works out again what V2 should hold and compares every row and column with what it holds. Changes nothing. */
export async function verifyPublished(pool: Pool): Promise<PublishedVerdict[]> {
  return inTransaction(pool, async (client) => {
    await settle(client)
    const verdicts: PublishedVerdict[] = []
    for (const { publications } of settlements)
      for (const one of publications) verdicts.push(await compare(client, one))
    return verdicts
  })
}

interface Unequal {
  expected: Record<string, unknown>
  actual: Record<string, unknown> | null
}

async function compare(
  client: PoolClient,
  { table, key, nullable = [], columns, select, yields }: Publication,
): Promise<PublishedVerdict> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  await client.query(`create temp table expected on commit drop as select ${list} from ${table} with no data`)
  const { rowCount: rows } = await client.query(`insert into expected (${list}) ${select}`)
  await client.query('analyze expected')
  const same = key.map((column) => sameColumn(column, nullable.includes(column))).join(' and ')
  const pairs = `expected e left join lateral (select ${list} from ${table} t where ${same}) t on true`
  const since = yields ? 't.updated_at > e.updated_at' : 'false'
  const counts = await client.query(`select count(*) filter (where ${since}) as since from ${pairs}`)
  const { rows: unequal } = await client.query<Unequal>(
    `select to_jsonb(e) as expected, to_jsonb(t) as actual from ${pairs} where e::text is distinct from t::text and not coalesce(${since}, false)`,
  )
  await client.query('drop table expected')
  const differences = unequal.flatMap((row) => differencesOf(table, key, row))
  return {
    table,
    rows: rows ?? 0,
    changedSince: Number(counts.rows[0].since),
    different: unequal.length,
    differences: differences.slice(0, LISTED),
  }
}

// `is not distinct from` can't be hashed, so it stands only where null is possible.
function sameColumn(column: string, isNullable: boolean): string {
  return `e."${column}" ${isNullable ? 'is not distinct from' : '='} t."${column}"`
}

function differencesOf(
  table: string,
  key: readonly string[],
  { expected, actual }: Unequal,
): PublishedDifference[] {
  const name = key.map((column) => expected[column]).join('/')
  if (!actual) return [{ table, key: name, column: '*', expected, actual }]
  const columns = Object.keys(expected).filter(
    (column) => JSON.stringify(expected[column]) !== JSON.stringify(actual[column]),
  )
  return columns.map((column) => ({
    table,
    key: name,
    column,
    expected: expected[column],
    actual: actual[column],
  }))
}
