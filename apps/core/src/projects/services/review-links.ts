import { sql } from 'kysely'
import { readUsers, type UserRow } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { Page, PageInput } from '../../input.ts'
import type { GrantedProject } from '../policies/project.ts'
import type { GrantedLink, ReviewLinkRow } from '../policies/review-link.ts'

/** A link with who made it. The password never leaves. */
export interface LinkDetail {
  link: Omit<ReviewLinkRow, 'password_hash'> & { has_password: boolean; reviewer_count: number }
  owner: UserRow | null
}

export async function getReviewLink(ctx: Ctx, link: GrantedLink<'reviewlink.read'>): Promise<LinkDetail> {
  return readLink(ctx, link.id)
}

export async function listReviewLinks(
  ctx: Ctx,
  project: GrantedProject<'reviewlink.list'>,
  page: PageInput,
): Promise<Page<LinkDetail>> {
  const { rows } = await sql<
    ReviewLinkRow & { total: number }
  >`select l.*, count(*) over () as total from review_links l
    where l.project_id = ${project.id} and l.deleted_at is null order by l.inserted_at, l.id
    limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(ctx.db)
  const total = rows[0]?.total ?? 0
  return { rows: await withOwners(ctx, rows), total, page: page.page, page_size: page.page_size }
}

/** The link as it stands, for the caller who has just been let at it. */
export async function readLink(ctx: Ctx, linkId: string): Promise<LinkDetail> {
  const row = await ctx.db
    .selectFrom('review_links')
    .selectAll()
    .where('id', '=', linkId)
    .executeTakeFirstOrThrow()
  const [detail] = await withOwners(ctx, [row])
  if (!detail) throw new CoreError('not_found')
  return detail
}

async function withOwners(ctx: Ctx, rows: ReviewLinkRow[]): Promise<LinkDetail[]> {
  const owners = await readUsers(
    ctx,
    rows.map((row) => row.owner_id),
  )
  const counts = await countReviewers(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.map(({ password_hash, ...link }) => ({
    link: { ...link, has_password: password_hash !== null, reviewer_count: counts.get(link.id) ?? 0 },
    owner: owners.get(link.owner_id ?? '') ?? null,
  }))
}

async function countReviewers(ctx: Ctx, linkIds: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`select review_link_id as id, count(*) as n from (
      select review_link_id from reviewers where review_link_id = any(${linkIds}::uuid[])
      union all select review_link_id from pending_reviewers where review_link_id = any(${linkIds}::uuid[])
    ) named group by 1`.execute(ctx.db)
  return new Map(rows.map(({ id, n }) => [id, n]))
}
