import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'
import { type Access, accessOf, assetVisible, isEditor, isManager, isTeam } from '../access.ts'

export type CommentRow = Selectable<Tables['comments']>
export type AccessibleComment = CommentRow & Access & { account_id: string; team_id: string }

/** The live comment, if `ctx.actor` may see its asset and, when it is for the team only, belongs to the team. */
export async function findComment(ctx: Ctx, id: string): Promise<AccessibleComment | null> {
  const access = accessOf(ctx.actor)
  const { rows } = await sql<AccessibleComment>`
    select c.*, row.account_id, row.team_id, row.role, row.can_download, row.can_invite, row.can_share, row.can_comment
      from comments c join lateral (
        select a.id, a.parent_id, a.account_id, a.team_id, ${access.columns}
          from assets a join projects p on p.id = a.project_id ${access.joins}
         where a.id = c.asset_id and a.deleted_at is null and p.deleted_at is null
      ) row on true
     where c.id = ${id} and c.deleted_at is null and ${assetVisible(ctx.actor)}`.execute(ctx.db)
  const comment = rows[0]
  return comment && (!comment.private || isTeam(comment.role)) ? comment : null
}

/** Whether the actor wrote it: a person by account, a guest by the cookie that came with the link. */
function wrote({ actor }: Ctx, row: CommentRow): boolean {
  if (actor.kind === 'user') return row.owner_id === actor.userId
  return actor.kind === 'guest' && row.anonymous_user_id === actor.anonymousUserId
}

const find = findComment

export const readComment = {
  name: 'comment.read',
  scope: 'comment.read',
  find,
  allows: () => true,
} satisfies Policy<AccessibleComment, 'comment.read'>

export const replyToComment = {
  name: 'comment.reply',
  scope: 'comment.create',
  find,
  allows: (_ctx, row) => row.can_comment && row.role !== 'staff',
} satisfies Policy<AccessibleComment, 'comment.reply'>

export const updateCommentPolicy = {
  name: 'comment.update',
  scope: 'comment.update',
  find,
  allows: (ctx, row) => row.can_comment && wrote(ctx, row),
} satisfies Policy<AccessibleComment, 'comment.update'>

export const deleteCommentPolicy = {
  name: 'comment.delete',
  scope: 'comment.delete',
  find,
  allows: (ctx, row) => isManager(row.role) || (row.can_comment && wrote(ctx, row)),
} satisfies Policy<AccessibleComment, 'comment.delete'>

export const completeCommentPolicy = {
  name: 'comment.complete',
  scope: 'comment.update',
  find,
  allows: (_ctx, row) => isEditor(row.role) || row.role === 'collaborator',
} satisfies Policy<AccessibleComment, 'comment.complete'>

export const likeCommentPolicy = {
  name: 'comment.like',
  scope: 'comment.update',
  find,
  allows: (_ctx, row) => row.can_comment && row.role !== 'staff',
} satisfies Policy<AccessibleComment, 'comment.like'>

export type GrantedComment<Name extends string> = Granted<AccessibleComment, Name>
