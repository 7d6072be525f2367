import type { ClientBase } from 'pg'
import { DynasaurError } from '../errors.ts'
import type { PgTable } from './pg-table.ts'

/** Compares a target's columns with the server's; throws `target_mismatch` naming the first that differs. */
export async function checkTarget(client: ClientBase, target: PgTable): Promise<void> {
  const { rows } = await client.query(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [target.name],
  )
  const actual = new Map(rows.map(({ name, type }) => [name, type]))
  for (const [name, { type }] of Object.entries(target.columns)) {
    if (actual.get(name) === type) continue
    const found = actual.get(name) ?? 'absent'
    throw new DynasaurError(
      'target_mismatch',
      `${target.name}.${name}: defined as ${type}, in the database ${found}`,
    )
  }
}

/** Whether a target holds no row. */
export async function isEmpty(client: ClientBase, target: PgTable): Promise<boolean> {
  const { rows } = await client.query(`select not exists (select from ${target.name}) as empty`)
  return rows[0].empty
}
