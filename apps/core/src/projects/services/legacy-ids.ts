import { sql } from 'kysely'
import { z } from 'zod'
import { type Person, readTeam } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { id } from '../../input.ts'
import { authorize, type Granted } from '../../policy.ts'
import { seeAsset } from '../policies/asset.ts'
import { readComment } from '../policies/comment.ts'
import { readProject } from '../policies/project.ts'
import { readReviewLink } from '../policies/review-link.ts'
import { visibleAssets } from './asset-detail.ts'
import { readProjects } from './project-detail.ts'

/** The id that a record had before the migration, and the one it has now. */
export interface LegacyId {
  kind: string
  legacy_id: string
  id: string
}

/** How each kind of record that was migrated is read; a token's scope is the legacy route's own affair. */
const policies = {
  project: { ...readProject, scope: null },
  folder: seeAsset,
  file_reference: seeAsset,
  version_stack: seeAsset,
  comment: { ...readComment, scope: null },
  review_link: { ...readReviewLink, scope: null },
  team: { ...readTeam, scope: null },
} as const

export const FindLegacyId = z.object({ kind: z.string().max(64), legacy_id: z.string().max(255) })

/** What became of a legacy id. Absent, foreign and never migrated answer `not_found` alike. */
export async function findLegacyId(
  ctx: Ctx,
  _person: Granted<Person, 'person'>,
  { kind, legacy_id }: z.infer<typeof FindLegacyId>,
): Promise<LegacyId> {
  const policy = Object.hasOwn(policies, kind) ? policies[kind as keyof typeof policies] : null
  const found = await ctx.db
    .selectFrom('legacy_ids')
    .select(['kind', 'legacy_id', 'id'])
    .where('kind', '=', kind)
    .where('legacy_id', '=', legacy_id)
    .executeTakeFirst()
  if (!policy || !found) throw new CoreError('not_found')
  await allow(ctx, policy, found.id)
  return found
}

/** The look-up is over when the policy has let it through; the row itself is the next request's. */
async function allow(ctx: Ctx, policy: (typeof policies)[keyof typeof policies], id: string): Promise<void> {
  await authorize<object, string>(ctx, policy, id)
}

const MOST = 500

export const ListLegacyIds = z.object({ ids: z.array(id()).min(1).max(MOST) })

/** The legacy ids of projects and assets, for those of `ids` that were migrated and that the actor may see. */
export async function listLegacyIds(
  ctx: Ctx,
  _person: Granted<Person, 'person'>,
  { ids }: z.infer<typeof ListLegacyIds>,
): Promise<LegacyId[]> {
  const rows = await ctx.db
    .selectFrom('legacy_ids')
    .select(['kind', 'legacy_id', 'id'])
    .where('id', 'in', ids)
    .execute()
  if (rows.length === 0) return []
  const known = rows.map((row) => row.id)
  const [projects, assets] = await Promise.all([
    readProjects(ctx, sql`p.id = any(${known}::uuid[]) and p.deleted_at is null`, sql``),
    visibleAssets(ctx, sql`a.id = any(${known}::uuid[])`, sql``).execute(ctx.db),
  ])
  const visible = new Set([...projects, ...assets.rows].map((row) => row.id))
  return rows.filter((row) => visible.has(row.id))
}
