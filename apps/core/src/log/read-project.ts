import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { GrantedProject } from '../projects/policies/project.ts'
import { type StoredRow, storedColumns } from './stored.ts'

/** The newest `project_seq` of each project, and the epoch of the log. */
export async function readHeads(ctx: Pick<Ctx, 'db'>, projectIds: string[]): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('project_heads')
    .selectAll()
    .where('project_id', 'in', projectIds)
    .execute()
  return new Map(rows.map((row) => [row.project_id, row.seq]))
}

/** Changes when the database was restored: seqs of another epoch mean nothing. */
export async function readEpoch(ctx: Pick<Ctx, 'db'>): Promise<string> {
  return (await ctx.db.selectFrom('epochs').select('epoch').executeTakeFirstOrThrow()).epoch
}

/**
 * Events of one project after `seq`, in order, at most `limit`. Commit order is seq order within a project, so this needs no
 * horizon: what is missing hasn't been committed, and nothing lower can follow.
 */
export async function readProjectLog(
  ctx: Pick<Ctx, 'db'>,
  projectId: string,
  afterSeq: number,
  limit: number,
): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`select ${storedColumns} from events e
    where e.project_id = ${projectId} and e.project_seq > ${afterSeq} order by e.project_seq limit ${limit}`.execute(
    ctx.db,
  )
  return rows
}

/** As `readProjectLog`, for somebody who was let into the project. */
export async function replayProject(
  ctx: Ctx,
  project: GrantedProject<'project.follow'>,
  afterSeq: number,
  limit: number,
): Promise<StoredRow[]> {
  return readProjectLog(ctx, project.id, afterSeq, limit)
}
