import type { Tables } from '@rushes/db'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { type Access, accessOf } from '../access.ts'
import type { ProjectRow } from '../policies/project.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'

export type PreferencesRow = Selectable<Tables['project_preferences']>

/** A project with what a view of it shows. */
export interface ProjectDetail {
  project: ProjectRow & Access
  root_asset: AssetDetail | null
  project_preferences: PreferencesRow | null
  user_preferences: PreferencesRow | null
}

type Row = ProjectRow & Access & { total: number }

/** Projects `p` matching `where` that the actor may see, ordered and limited by `tail` over `row`. */
export async function readProjects(
  ctx: Ctx,
  where: RawBuilder<unknown>,
  tail: RawBuilder<unknown>,
): Promise<Row[]> {
  const access = accessOf(ctx.actor)
  const { rows } = await sql<Row>`select row.*, count(*) over () as total from (
      select p.*, ${access.columns} from projects p ${access.joins} where ${where}
    ) row where row.role is not null ${tail}`.execute(ctx.db)
  return rows
}

/** One project with its root folder. Throws `not_found` when the actor may not see it. */
export async function readProjectDetail(ctx: Ctx, id: string): Promise<ProjectDetail> {
  const rows = await readProjects(ctx, sql`p.id = ${id}`, sql``)
  const [detail] = await completeProjects(ctx, rows)
  if (!detail) throw new CoreError('not_found')
  const [root_asset] = await readDetails(ctx, [detail.project.root_asset_id])
  return { ...detail, root_asset: root_asset ?? null }
}

/** Adds the preferences: the project's own and the actor's. */
export async function completeProjects(ctx: Ctx, rows: (ProjectRow & Access)[]): Promise<ProjectDetail[]> {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const { rows: preferences } = await sql<PreferencesRow>`select * from project_preferences
    where project_id = any(${rows.map((row) => row.id)}::uuid[]) and (user_id is null or user_id = ${userId})`.execute(
    ctx.db,
  )
  return rows.map((project) => {
    const own = preferences.filter((row) => row.project_id === project.id)
    return {
      project,
      root_asset: null,
      project_preferences: own.find((row) => row.user_id === null) ?? null,
      user_preferences: own.find((row) => row.user_id !== null) ?? null,
    }
  })
}
