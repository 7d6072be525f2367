import { sql } from 'kysely'
import type { Tx } from '../context.ts'
import { type StoredRow, storedColumns } from './stored.ts'

/**
 * A batch of the horizon as the lane must see it: each project's events in seq order and without a gap. `(xid, id)` order may
 * show seq 2 before seq 1, or alone while seq 1 is still hidden; what is missing is already committed, so it is fetched now
 * and skipped when the horizon shows it. Moves the lane's positions in the same transaction.
 */
export async function inProjectOrder(tx: Tx, lane: string, events: StoredRow[]): Promise<StoredRow[]> {
  const byProject = Map.groupBy(events, (event) => event.projectId)
  const positions = await readPositions(
    tx,
    lane,
    [...byProject.keys()].filter((id) => id !== null),
  )
  const ordered: StoredRow[] = [...(byProject.get(null) ?? [])]
  const moved: { project_id: string; seq: number }[] = []
  for (const [projectId, own] of byProject) {
    if (projectId === null) continue
    const position = positions.get(projectId) ?? 0
    const wanted = await withoutGap(tx, projectId, own, position)
    ordered.push(...wanted)
    moved.push({
      project_id: projectId,
      seq: Math.max(position, ...wanted.map((event) => Number(event.seq))),
    })
  }
  await writePositions(tx, lane, moved)
  return ordered
}

async function withoutGap(
  tx: Tx,
  projectId: string,
  own: StoredRow[],
  position: number,
): Promise<StoredRow[]> {
  const fresh = own
    .filter((event) => Number(event.seq) > position)
    .sort((a, b) => Number(a.seq) - Number(b.seq))
  const last = fresh.at(-1)?.seq
  if (!last || last - position === fresh.length) return fresh
  const { rows } = await sql<StoredRow>`select ${storedColumns} from events e
    where e.project_id = ${projectId} and e.project_seq > ${position} and e.project_seq <= ${last} order by e.project_seq`.execute(
    tx,
  )
  return rows
}

async function readPositions(tx: Tx, lane: string, projectIds: string[]): Promise<Map<string, number>> {
  if (projectIds.length === 0) return new Map()
  const { rows } = await sql<{ project_id: string; seq: number }>`select project_id, seq from lane_positions
    where lane = ${lane} and project_id = any(${projectIds}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.project_id, row.seq]))
}

async function writePositions(
  tx: Tx,
  lane: string,
  moved: { project_id: string; seq: number }[],
): Promise<void> {
  if (moved.length === 0) return
  await sql`insert into lane_positions (lane, project_id, seq)
    select ${lane}, project_id, seq from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as row (project_id uuid, seq bigint)
    on conflict (lane, project_id) do update set seq = excluded.seq`.execute(tx)
}
