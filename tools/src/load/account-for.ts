import type { Db } from '@rushes/db'
import type { Ledger } from './ledger.ts'

/** What the database says of a ledger. */
export interface Account {
  acked: number
  /** Acknowledged and not there. */
  lost: number
  /** There more than once. */
  doubled: number
  /** There without ever having been asked for. */
  phantom: number
  /** Comments without exactly one event, or events without a comment. */
  eventless: number
  /** Projects whose log has a gap. */
  gaps: number
}

/** Compares a ledger with the rows: exact, by key. */
export async function accountFor(db: Db, ledger: Ledger, prefix: string): Promise<Account> {
  const { rows } = await db.pool.query<{ text: string; n: number; events: number }>(
    `select c.text, count(*) as n, sum((select count(*) from events e where e.aggregate_id = c.id and e.type = 'comment.created'))::int as events
       from comments c where c.text like $1 group by c.text`,
    [`${prefix}-%`],
  )
  const present = new Map(rows.map((row) => [row.text, row]))
  const gaps = await db.pool.query<{ n: number }>(
    `select count(*) as n from (select project_id, count(*) as rows, max(project_seq) as last from events
       where project_id is not null group by project_id) log where rows <> last`,
  )
  return {
    acked: ledger.acked.size,
    lost: [...ledger.acked].filter((key) => !present.has(key)).length,
    doubled: rows.filter((row) => row.n > 1).length,
    phantom: rows.filter((row) => !ledger.acked.has(row.text) && !ledger.unknown.has(row.text)).length,
    eventless: rows.filter((row) => row.events !== row.n).length,
    gaps: gaps.rows[0]?.n ?? 0,
  }
}
