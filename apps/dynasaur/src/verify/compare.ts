import type { ClientBase } from 'pg'
import { copyInto } from '../load/copy.ts'
import { stagingName } from '../load/merge.ts'
import type { RowBuffer } from '../load/row-buffer.ts'
import { columnList, type PgTable, quote } from '../target/pg-table.ts'

/** A row that is not what its source says. `column` is `*` when the whole row is missing or has no source. */
export interface Difference {
  table: string
  /** Key values, in key order, as JSON. */
  key: string
  kind: 'missing' | 'extra' | 'differs'
  column: string
  expected: unknown
  actual: unknown
}

interface Unequal {
  key: string
  expected: Record<string, unknown> | null
  actual: Record<string, unknown> | null
}

/**
 * Compares the rows in `buffer` with the target. Both sides are read by the same server, text against text, so that neither
 * an encoding nor a float's last digit can hide or invent a difference. Notes each row's key for the search for extra rows.
 */
export async function compareRows(client: ClientBase, run: number, buffer: RowBuffer): Promise<Difference[]> {
  const { target } = buffer
  const staging = stagingName(target)
  await copyInto(client, staging, columnList(target), buffer.copyData(() => true).chunks)
  await client.query(
    `insert into _mig.seen select $1, $2, hashtextextended(${keyOf(target, 'e')}, 0) from ${staging} e`,
    [run, target.name],
  )
  const { rows } = await client.query<Unequal>(
    `select ${keyOf(target, 'e')} as key, to_jsonb(e) as expected, to_jsonb(t) as actual
       from ${staging} e left join ${target.name} t on ${sameKey(target)}
      where md5(${rowOf(target, 'e')}) is distinct from md5(${rowOf(target, 't')})`,
  )
  return rows.flatMap((row) => differencesOf(target, row))
}

/** Rows of the target whose key no source record gave. */
export async function findExtra(client: ClientBase, run: number, target: PgTable): Promise<Difference[]> {
  const { rows } = await client.query<Unequal>(
    `select ${keyOf(target, 't')} as key, null as expected, to_jsonb(t) as actual from ${target.name} t
      where not exists (
        select from _mig.seen s where s.run = $1 and s.tbl = $2 and s.key_hash = hashtextextended(${keyOf(target, 't')}, 0))`,
    [run, target.name],
  )
  return rows.flatMap((row) => differencesOf(target, row))
}

function differencesOf({ name: table, columns }: PgTable, { key, expected, actual }: Unequal): Difference[] {
  if (!actual) return [{ table, key, kind: 'missing', column: '*', expected, actual }]
  if (!expected) return [{ table, key, kind: 'extra', column: '*', expected, actual }]
  const unequal = Object.keys(columns).filter(
    (name) => JSON.stringify(expected[name]) !== JSON.stringify(actual[name]),
  )
  // What JSON shows alike can differ as text (numeric 1.0 and 1.00): then the row is named without a column.
  return (unequal.length > 0 ? unequal : ['*']).map((column) => {
    return { table, key, kind: 'differs', column, expected: expected[column], actual: actual[column] }
  })
}

function keyOf({ key }: PgTable, alias: string): string {
  return `jsonb_build_array(${key.map((column) => `${alias}.${quote(column)}`).join(', ')})::text`
}

function sameKey({ key }: PgTable): string {
  return key.map((column) => `e.${quote(column)} = t.${quote(column)}`).join(' and ')
}

function rowOf({ columns, key }: PgTable, alias: string): string {
  const values = Object.keys(columns).map((column) => `${alias}.${quote(column)}`)
  return `case when ${alias}.${quote(key[0] ?? '')} is not null then row(${values.join(', ')})::text end`
}
