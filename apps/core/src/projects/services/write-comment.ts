import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { CoreError, invalid } from '../../errors.ts'
import { boolean, integer, number, text } from '../../input.ts'
import { isTeam } from '../access.ts'
import { at } from '../events/where.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import type { CommentRow, GrantedComment } from '../policies/comment.ts'
import { type CommentDetail, readCommentDetail } from './comments.ts'

const MOST_ANNOTATION = 1_000_000

const fields = {
  annotation: text(MOST_ANNOTATION).optional(),
  timestamp: number().optional(),
  duration: number().optional(),
  page: integer(0, 1_000_000).optional(),
  pitch: number().optional(),
  yaw: number().optional(),
  fov: number().optional(),
}

export const WriteComment = z.object({ text: text(20_000, 1), private: boolean().optional(), ...fields })
export const UpdateComment = z.object({ text: text(20_000, 1).optional(), ...fields })

/**
 * A comment on a file, or on the newest version of a stack. `timestamp` is a frame number from 0; `annotation` is kept byte
 * for byte. Throws `invalid` for folders, and for a team-only comment by somebody outside the team.
 */
export async function createComment(
  ctx: Ctx,
  asset: GrantedAsset<'comment.create'>,
  input: z.infer<typeof WriteComment>,
): Promise<CommentDetail> {
  if (asset.type === 'folder') throw invalid('asset_id', 'Folders can not be commented on')
  const assetId = asset.type === 'version_stack' ? asset.cover_asset_id : asset.id
  if (!assetId) throw invalid('asset_id', 'The stack has no version')
  if (input.private && !isTeam(asset.role))
    throw invalid('private', 'Only the team writes team-only comments')
  return insertComment(ctx, { ...asset, id: assetId }, null, input)
}

/** A reply; a reply to a reply joins the same thread. It has its comment's audience. */
export async function createReply(
  ctx: Ctx,
  comment: GrantedComment<'comment.reply'>,
  input: z.infer<typeof WriteComment>,
): Promise<CommentDetail> {
  const asset = { ...comment, id: comment.asset_id }
  const parentId = comment.parent_id ?? comment.id
  return insertComment(ctx, asset, parentId, {
    ...input,
    private: comment.private || (input.private === true && isTeam(comment.role)),
  })
}

async function insertComment(
  ctx: Ctx,
  asset: { id: string; account_id: string; team_id: string; project_id: string },
  parentId: string | null,
  input: z.infer<typeof WriteComment>,
): Promise<CommentDetail> {
  const { actor } = ctx
  const id = await change(ctx, async (tx, emit) => {
    const row = await tx
      .insertInto('comments')
      .values({
        ...definedOnly(input),
        text: input.text,
        project_id: asset.project_id,
        asset_id: asset.id,
        parent_id: parentId,
        owner_id: actor.kind === 'user' ? actor.userId : null,
        anonymous_user_id: actor.kind === 'guest' ? actor.anonymousUserId : null,
        review_link_id: actor.kind === 'guest' ? actor.reviewLinkId : null,
      })
      .returning(['id', 'private', 'review_link_id'])
      .executeTakeFirstOrThrow()
    emit({
      ...at(asset),
      type: 'comment.created',
      subjectId: row.id,
      data: {
        asset_id: asset.id,
        parent_id: parentId,
        private: row.private,
        review_link_id: row.review_link_id,
        has_annotation: input.annotation !== undefined,
      },
    })
    return row.id
  })
  return readCommentDetail(ctx, id)
}

function ids(comment: CommentRow) {
  return { asset_id: comment.asset_id, parent_id: comment.parent_id, private: comment.private }
}

/** Writes the keys that were sent. */
export async function updateComment(
  ctx: Ctx,
  comment: GrantedComment<'comment.update'>,
  input: z.infer<typeof UpdateComment>,
): Promise<CommentDetail> {
  const values = definedOnly(input)
  if (Object.keys(values).length > 0)
    await change(ctx, async (tx, emit) => {
      const done = await tx
        .updateTable('comments')
        .set({ ...values, updated_at: sql`now()` })
        .where('id', '=', comment.id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      if (done.numUpdatedRows === 0n) throw new CoreError('not_found')
      emit({
        ...at(comment),
        type: 'comment.updated',
        subjectId: comment.id,
        data: { ...ids(comment), changed: Object.keys(values) },
      })
    })
  return readCommentDetail(ctx, comment.id)
}

/** Deletes a comment and its replies. */
export async function deleteComment(
  ctx: Ctx,
  comment: GrantedComment<'comment.delete'>,
): Promise<CommentDetail> {
  await change(ctx, async (tx, emit) => {
    const { rows } = await sql`update comments set deleted_at = now(), updated_at = now()
      where (id = ${comment.id} or parent_id = ${comment.id}) and deleted_at is null returning id`.execute(tx)
    if (rows.length === 0) throw new CoreError('not_found')
    emit({
      ...at(comment),
      type: 'comment.deleted',
      subjectId: comment.id,
      data: { ...ids(comment), removed: rows.length },
    })
  })
  return readCommentDetail(ctx, comment.id)
}

/** Marks a comment as dealt with, or as open again. Doing so twice changes and announces nothing. */
export async function completeComment(
  ctx: Ctx,
  comment: GrantedComment<'comment.complete'>,
  { completed }: { completed: boolean },
): Promise<CommentDetail> {
  const completer_id = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  await change(ctx, async (tx, emit) => {
    const { rows } = completed
      ? await sql`update comments set completed_at = now(), completer_id = ${completer_id}, updated_at = now()
          where id = ${comment.id} and completed_at is null and deleted_at is null returning id`.execute(tx)
      : await sql`update comments set completed_at = null, completer_id = null, updated_at = now()
          where id = ${comment.id} and completed_at is not null and deleted_at is null returning id`.execute(
          tx,
        )
    if (rows.length > 0)
      emit({
        ...at(comment),
        type: completed ? 'comment.completed' : 'comment.uncompleted',
        subjectId: comment.id,
        data: ids(comment),
      })
  })
  return readCommentDetail(ctx, comment.id)
}
