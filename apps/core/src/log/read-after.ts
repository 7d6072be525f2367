import { sql } from 'kysely'
import type { Reader } from '../context.ts'
import { type StoredRow, storedColumns } from './stored.ts'

/** Where a reader across projects stands. */
export interface Cursor {
  xid: string
  id: number
}

/**
 * Events after `cursor` across all projects, complete: only transactions below the snapshot's horizon, so none with a lower
 * position can still commit. `(xid, id)` order may invert the order inside a project; the caller orders each project by seq.
 */
export async function readAfter(db: Reader, cursor: Cursor, limit: number): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`select ${storedColumns} from events e
    where (e.xid, e.id) > (${cursor.xid}::xid8, ${cursor.id}::bigint)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${limit}`.execute(db)
  return rows
}

/** The end of the log as of now, for readers that only want what is new. */
export async function readEnd(db: Reader): Promise<Cursor> {
  const { rows } = await sql<{
    xid: string
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
  return { xid: rows[0]?.xid ?? '0', id: 0 }
}
