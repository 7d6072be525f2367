import { newCode } from '@rushes/auth'
import { sql } from 'kysely'
import { z } from 'zod'
import { passwords, readUsers, type UserRow } from '../../accounts/index.ts'
import { type Ctx, change, type Tx } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { CoreError } from '../../errors.ts'
import { boolean, datetime, id, list, name, type Page, type PageInput, pageInput, text } from '../../input.ts'
import { authorize } from '../../policy.ts'
import { seeAsset } from '../policies/asset.ts'
import type { GrantedProject } from '../policies/project.ts'
import type { GrantedLink, ReviewLinkRow } from '../policies/review-link.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'

// More than 128 bits: a link can't be guessed.
const CODE_LENGTH = 22

const accessControl = z.object({ invite_only: boolean().optional() }).optional()

export const WriteReviewLink = z.object({
  name: name().optional(),
  access_control: accessControl,
  allow_approvals: boolean().optional(),
  current_version_only: boolean().optional(),
  enable_comments: boolean().optional(),
  enable_downloading: boolean().optional(),
  expires_at: datetime().optional(),
  is_active: boolean().optional(),
  is_autoplay: boolean().optional(),
  notify_on_view: boolean().optional(),
  password: text(128).optional(),
  watermark_user_input: text(255).optional(),
})
const assetIds = z.array(id()).max(1000)
export const CreateReviewLink = WriteReviewLink.extend({ name: name(), asset_ids: assetIds.optional() })
export const LinkAssets = z.object({ asset_ids: assetIds })

/** A link with who made it. The password never leaves. */
export interface LinkDetail {
  link: Omit<ReviewLinkRow, 'password_hash'> & { has_password: boolean }
  owner: UserRow | null
}

async function columns(input: z.infer<typeof WriteReviewLink>) {
  const { access_control, password, ...rest } = input
  return {
    ...definedOnly(rest),
    ...(access_control?.invite_only !== undefined && { invite_only: access_control.invite_only }),
    ...(password !== undefined && {
      password_hash: password === '' ? null : await passwords.hash(password),
      password_changed_at: sql<string>`now()`,
    }),
  }
}

/** A link to share with people outside. Its set of assets is fixed by its maker; a guest can't widen it. */
export async function createReviewLink(
  ctx: Ctx,
  project: GrantedProject<'reviewlink.create'>,
  input: z.infer<typeof CreateReviewLink>,
): Promise<LinkDetail> {
  const { asset_ids = [], ...rest } = input
  await allReadable(ctx, project.id, asset_ids)
  const values = await columns(rest)
  const linkId = await change(ctx, async (tx, emit) => {
    const row = await tx
      .insertInto('review_links')
      .values({
        enable_downloading: project.can_download && project.can_share,
        ...values,
        name: input.name,
        project_id: project.id,
        owner_id: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
        code: newCode(CODE_LENGTH),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await addItems(tx, row.id, asset_ids)
    emit({ ...where(project), type: 'reviewlink.created', subjectId: row.id, data: { name: input.name } })
    return row.id
  })
  return readLink(ctx, linkId)
}

function where(row: { account_id: string; team_id: string; project_id?: string; id: string }) {
  return {
    version: 1 as const,
    accountId: row.account_id,
    teamId: row.team_id,
    projectId: row.project_id ?? row.id,
  }
}

/** Every id must be an asset of the project that the actor may see: one foreign id refuses them all. */
async function allReadable(ctx: Ctx, projectId: string, ids: string[]): Promise<void> {
  for (const assetId of ids) {
    const asset = await authorize(ctx, seeAsset, assetId)
    if (asset.project_id !== projectId) throw new CoreError('not_found')
  }
}

async function addItems(tx: Tx, linkId: string, ids: string[]): Promise<void> {
  await sql`insert into review_link_items (review_link_id, asset_id, index)
    select ${linkId}, id, (select coalesce(max(index), 0) from review_link_items where review_link_id = ${linkId}) + place
      from unnest(${ids}::uuid[]) with ordinality as given (id, place)
    on conflict do nothing`.execute(tx)
}

/** Adds assets to the link's set, or makes them the whole set. */
export async function setLinkAssets(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.update'>,
  { asset_ids }: z.infer<typeof LinkAssets>,
  mode: 'add' | 'replace' | 'remove',
): Promise<LinkDetail> {
  if (mode !== 'remove') await allReadable(ctx, link.project_id, asset_ids)
  await change(ctx, async (tx, emit) => {
    if (mode === 'replace')
      await sql`delete from review_link_items where review_link_id = ${link.id} and asset_id <> all(${asset_ids}::uuid[])`.execute(
        tx,
      )
    if (mode === 'remove')
      await sql`delete from review_link_items where review_link_id = ${link.id} and asset_id = any(${asset_ids}::uuid[])`.execute(
        tx,
      )
    else await addItems(tx, link.id, asset_ids)
    emit({ ...where(link), type: 'reviewlink.updated', subjectId: link.id, data: { changed: ['items'] } })
  })
  return readLink(ctx, link.id)
}

export async function updateReviewLink(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.update'>,
  input: z.infer<typeof WriteReviewLink>,
): Promise<LinkDetail> {
  const values = await columns(input)
  const changed = Object.keys(values).filter(
    (key) => key !== 'password_changed_at' && key !== 'password_hash',
  )
  if (Object.keys(values).length > 0)
    await change(ctx, async (tx, emit) => {
      await tx
        .updateTable('review_links')
        .set({ ...values, updated_at: sql`now()` })
        .where('id', '=', link.id)
        .execute()
      const all = 'password_hash' in values ? [...changed, 'password'] : changed
      emit({ ...where(link), type: 'reviewlink.updated', subjectId: link.id, data: { changed: all } })
    })
  return readLink(ctx, link.id)
}

export async function deleteReviewLink(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.delete'>,
): Promise<LinkDetail> {
  await change(ctx, async (tx, emit) => {
    const done = await tx
      .updateTable('review_links')
      .set({ deleted_at: sql`now()`, is_active: false })
      .where('id', '=', link.id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw new CoreError('not_found')
    emit({ ...where(link), type: 'reviewlink.deleted', subjectId: link.id, data: {} })
  })
  return readLink(ctx, link.id)
}

async function readLink(ctx: Ctx, linkId: string): Promise<LinkDetail> {
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
  return rows.map(({ password_hash, ...link }) => ({
    link: { ...link, has_password: password_hash !== null },
    owner: owners.get(link.owner_id ?? '') ?? null,
  }))
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

export const ListLinkItems = z.object({ ...pageInput, include: list().catch([]).default([]) })

/** One place in a link, with its asset. */
export interface LinkItem {
  id: string
  index: number
  review_link_id: string
  asset_id: string
  inserted_at: string
  updated_at: string
  asset: AssetDetail | null
}

/** The link's items in order; those whose asset is gone or may not be seen by the actor are left out. */
export async function listLinkItems(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.read'>,
  input: z.infer<typeof ListLinkItems>,
): Promise<Page<LinkItem>> {
  const { rows } = await sql<
    Omit<LinkItem, 'asset'> & { total: number }
  >`select i.*, count(*) over () as total
    from review_link_items i join assets a on a.id = i.asset_id where i.review_link_id = ${link.id} and a.deleted_at is null
    order by i.index, i.id limit ${input.page_size} offset ${(input.page - 1) * input.page_size}`.execute(
    ctx.db,
  )
  const details = await readDetails(
    ctx,
    rows.map((row) => row.asset_id),
  )
  const byId = new Map(details.map((detail) => [detail.asset.id, detail]))
  const items = rows.flatMap((row) => {
    const asset = byId.get(row.asset_id)
    return asset ? [{ ...row, asset }] : []
  })
  return { rows: items, total: rows[0]?.total ?? 0, page: input.page, page_size: input.page_size }
}
