import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'
import { type Access, accessOf, isEditor, projectSeq } from '../access.ts'

export type ReviewLinkRow = Selectable<Tables['review_links']>
export type AccessibleLink = ReviewLinkRow &
  Access & { account_id: string; team_id: string; project_seq: number }

/** The link, for people of its project, and for a guest who came in by it. */
async function find(ctx: Ctx, id: string): Promise<AccessibleLink | null> {
  const access = accessOf(ctx.actor)
  const { rows } = await sql<AccessibleLink>`select row.* from (
      select l.*, p.account_id, p.team_id, ${projectSeq}, ${access.columns}
        from review_links l join projects p on p.id = l.project_id ${access.joins}
       where l.id = ${id} and l.deleted_at is null and p.deleted_at is null
    ) row where row.role is not null`.execute(ctx.db)
  const link = rows[0]
  if (!link || (ctx.actor.kind === 'guest' && ctx.actor.reviewLinkId !== link.id)) return null
  return link
}

const changes = (ctx: Ctx, row: AccessibleLink) =>
  isEditor(row.role) || (ctx.actor.kind === 'user' && row.can_share && row.owner_id === ctx.actor.userId)

export const readReviewLink = {
  name: 'reviewlink.read',
  scope: 'reviewlink.read',
  find,
  allows: () => true,
} satisfies Policy<AccessibleLink, 'reviewlink.read'>

export const updateReviewLinkPolicy = {
  name: 'reviewlink.update',
  scope: 'reviewlink.update',
  find,
  allows: changes,
} satisfies Policy<AccessibleLink, 'reviewlink.update'>

export const deleteReviewLinkPolicy = {
  name: 'reviewlink.delete',
  scope: 'reviewlink.delete',
  find,
  allows: changes,
} satisfies Policy<AccessibleLink, 'reviewlink.delete'>

export type GrantedLink<Name extends string> = Granted<AccessibleLink, Name>
