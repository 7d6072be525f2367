import type { Tables } from '@rushes/db'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { readUsers, type UserRow } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { list, type Page, pageInput } from '../../input.ts'
import { isTeam } from '../access.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import type { CommentRow, GrantedComment } from '../policies/comment.ts'

export type GuestRow = Pick<Selectable<Tables['anonymous_users']>, 'id' | 'name' | 'email'>

/** A comment with who wrote it and, where asked for, its replies. */
export interface CommentDetail {
  comment: CommentRow
  owner: UserRow | null
  guest: GuestRow | null
  replies: CommentDetail[] | null
}

export const ListComments = z.object({ ...pageInput, include: list().catch([]).default([]) })

/** Comments and replies of an asset, flat, oldest first; team-only ones for the team only. On a stack: its newest version's. */
export async function listComments(
  ctx: Ctx,
  asset: GrantedAsset<'comment.list'>,
  input: z.infer<typeof ListComments>,
): Promise<Page<CommentDetail>> {
  const target = asset.type === 'version_stack' ? asset.cover_asset_id : asset.id
  const where = sql`c.asset_id = ${target} and (${isTeam(asset.role)} or not c.private)`
  return readPage(ctx, where, input)
}

/** Replies to a comment, oldest first. */
export async function listReplies(
  ctx: Ctx,
  comment: GrantedComment<'comment.read'>,
  input: z.infer<typeof ListComments>,
): Promise<Page<CommentDetail>> {
  return readPage(ctx, sql`c.parent_id = ${comment.id} and (${isTeam(comment.role)} or not c.private)`, input)
}

async function readPage(
  ctx: Ctx,
  where: RawBuilder<unknown>,
  input: z.infer<typeof ListComments>,
): Promise<Page<CommentDetail>> {
  const { rows } = await sql<CommentRow & { total: number }>`
    select c.*, count(*) over () as total from comments c where c.deleted_at is null and ${where}
     order by c.inserted_at, c.id limit ${input.page_size} offset ${(input.page - 1) * input.page_size}`.execute(
    ctx.db,
  )
  const details = await withAuthors(ctx, rows)
  if (input.include.includes('replies')) await addReplies(ctx, details)
  return { rows: details, total: rows[0]?.total ?? 0, page: input.page, page_size: input.page_size }
}

export async function getComment(
  ctx: Ctx,
  comment: GrantedComment<'comment.read'>,
  { include }: { include: string[] },
): Promise<CommentDetail> {
  const detail = await readCommentDetail(ctx, comment.id)
  if (include.includes('replies')) await addReplies(ctx, [detail])
  return detail
}

/** The comment as it stands, deleted or not, for the caller who has just been let at it. */
export async function readCommentDetail(ctx: Pick<Ctx, 'db'>, id: string): Promise<CommentDetail> {
  const row = await ctx.db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst()
  const [detail] = row ? await withAuthors(ctx, [row]) : []
  if (!detail) throw new CoreError('not_found')
  return detail
}

async function withAuthors(ctx: Pick<Ctx, 'db'>, rows: CommentRow[]): Promise<CommentDetail[]> {
  const [owners, guests] = await Promise.all([
    readUsers(
      ctx,
      rows.map((row) => row.owner_id),
    ),
    readGuests(ctx, rows),
  ])
  return rows.map((comment) => ({
    comment,
    owner: owners.get(comment.owner_id ?? '') ?? null,
    guest: guests.get(comment.anonymous_user_id ?? '') ?? null,
    replies: null,
  }))
}

async function readGuests(ctx: Pick<Ctx, 'db'>, rows: CommentRow[]): Promise<Map<string, GuestRow>> {
  const ids = [...new Set(rows.flatMap((row) => (row.anonymous_user_id ? [row.anonymous_user_id] : [])))]
  if (ids.length === 0) return new Map()
  const guests = await ctx.db
    .selectFrom('anonymous_users')
    .select(['id', 'name', 'email'])
    .where('id', 'in', ids)
    .execute()
  return new Map(guests.map((guest) => [guest.id, guest]))
}

/** Replies share their comment's audience: a reply to a team-only comment is team-only. */
async function addReplies(ctx: Ctx, details: CommentDetail[]): Promise<void> {
  const parents = details
    .filter((detail) => detail.comment.reply_count > 0)
    .map((detail) => detail.comment.id)
  const rows =
    parents.length === 0
      ? []
      : await ctx.db
          .selectFrom('comments')
          .selectAll()
          .where('parent_id', 'in', parents)
          .where('deleted_at', 'is', null)
          .orderBy('inserted_at')
          .orderBy('id')
          .execute()
  const byParent = Map.groupBy(await withAuthors(ctx, rows), (detail) => detail.comment.parent_id)
  for (const detail of details) detail.replies = byParent.get(detail.comment.id) ?? []
}
