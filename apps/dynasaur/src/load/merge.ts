import type { ClientBase } from 'pg'
import { columnList, type PgTable, quote } from '../target/pg-table.ts'

/** The session's own staging table of a target. */
export function stagingName({ name }: PgTable): string {
  return `stage_${name.replace('.', '_')}`
}

/** Makes the staging tables of a connection, emptied at each commit. */
export async function createStaging(client: ClientBase, targets: readonly PgTable[]): Promise<void> {
  for (const target of targets) {
    await client.query(
      `create temp table if not exists ${stagingName(target)} (like ${target.name}) on commit delete rows`,
    )
  }
}

/**
 * Merges what stands in staging into the targets and empties staging. A row that is equal already is not written. Rows owned
 * by a staged record and no longer among its own are deleted. Gives the number of rows written or deleted.
 */
export async function mergeStaging(client: ClientBase, targets: readonly PgTable[]): Promise<number> {
  let changed = 0
  for (const target of targets) {
    for (const sql of [deleteStaleSql(target, targets[0]), upsertSql(target)]) {
      if (sql) changed += (await client.query(sql)).rowCount ?? 0
    }
  }
  for (const target of targets) await client.query(`delete from ${stagingName(target)}`)
  return changed
}

function upsertSql(target: PgTable): string {
  const columns = Object.keys(target.columns)
  const list = columnList(target)
  const rest = columns.filter((column) => !target.key.includes(column)).map(quote)
  const set = rest.map((column) => `${column} = excluded.${column}`).join(', ')
  const differs = `(${rest.map((column) => `t.${column}`)}) is distinct from (${rest.map((column) => `excluded.${column}`)})`
  return `insert into ${target.name} as t (${list}) select ${list} from ${stagingName(target)}
    on conflict (${target.key.map(quote)}) ${rest.length === 0 ? 'do nothing' : `do update set ${set} where ${differs}`}`
}

function deleteStaleSql(target: PgTable, primary: PgTable | undefined): string | undefined {
  if (!target.ownedBy || !primary) return undefined
  const sameKey = target.key.map((column) => `s.${quote(column)} = t.${quote(column)}`).join(' and ')
  return `delete from ${target.name} t using ${stagingName(primary)} p
    where t.${quote(target.ownedBy)} = p.${quote(primary.key[0] ?? '')}
      and not exists (select from ${stagingName(target)} s where ${sameKey})`
}
