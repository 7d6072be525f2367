import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { readUsers, type UserRow } from '../../accounts/index.ts'
import { type Ctx, change } from '../../context.ts'
import type { Page, PageInput } from '../../input.ts'
import { at } from '../events/where.ts'
import type { GrantedComment } from '../policies/comment.ts'

/** A like or a read, with who left it. */
export interface ImpressionDetail {
  impression: Selectable<Tables['comment_impressions']>
  user: UserRow | null
}

/** Likes a comment or takes the like back, once a person however often. Returns all likes. */
export async function likeComment(
  ctx: Ctx,
  comment: GrantedComment<'comment.like'>,
  { liked }: { liked: boolean },
): Promise<ImpressionDetail[]> {
  const { actor } = ctx
  const who = {
    user_id: actor.kind === 'user' ? actor.userId : null,
    anonymous_user_id: actor.kind === 'guest' ? actor.anonymousUserId : null,
  }
  await change(ctx, async (tx, emit) => {
    const { rows } = liked
      ? await sql`insert into comment_impressions (comment_id, asset_id, user_id, anonymous_user_id, review_link_id, type)
          values (${comment.id}, ${comment.asset_id}, ${who.user_id}, ${who.anonymous_user_id},
            ${actor.kind === 'guest' ? actor.reviewLinkId : null}, 'like') on conflict do nothing returning id`.execute(
          tx,
        )
      : await sql`delete from comment_impressions where comment_id = ${comment.id} and type = 'like'
          and user_id is not distinct from ${who.user_id} and anonymous_user_id is not distinct from ${who.anonymous_user_id}
          returning id`.execute(tx)
    if (rows.length === 0) return
    const { like_count } = await tx
      .selectFrom('comments')
      .select('like_count')
      .where('id', '=', comment.id)
      .executeTakeFirstOrThrow()
    emit({
      ...at(comment),
      type: 'comment.liked',
      subjectId: comment.id,
      data: {
        asset_id: comment.asset_id,
        parent_id: comment.parent_id,
        private: comment.private,
        like_count,
      },
    })
  })
  return (await readImpressions(ctx, comment.id, { page: 1, page_size: 500 })).rows
}

export function listImpressions(
  ctx: Ctx,
  comment: GrantedComment<'comment.read'>,
  page: PageInput,
): Promise<Page<ImpressionDetail>> {
  return readImpressions(ctx, comment.id, page)
}

async function readImpressions(
  ctx: Ctx,
  commentId: string,
  page: PageInput,
): Promise<Page<ImpressionDetail>> {
  const { rows } = await sql<Selectable<Tables['comment_impressions']> & { total: number }>`
    select i.*, count(*) over () as total from comment_impressions i where i.comment_id = ${commentId}
     order by i.inserted_at, i.id limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(
    ctx.db,
  )
  const users = await readUsers(
    ctx,
    rows.map((row) => row.user_id),
  )
  const details = rows.map((impression) => ({
    impression,
    user: users.get(impression.user_id ?? '') ?? null,
  }))
  return { rows: details, total: rows[0]?.total ?? 0, page: page.page, page_size: page.page_size }
}
