import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, type Tx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { id, list, type Page, pageInput } from '../../input.ts'
import { authorize } from '../../policy.ts'
import { at } from '../events/where.ts'
import { seeAsset } from '../policies/asset.ts'
import type { GrantedLink } from '../policies/review-link.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'
import { type LinkDetail, readLink } from './review-links.ts'

export const assetIds = z.array(id()).max(1000)
export const LinkAssets = z.object({ asset_ids: assetIds })

/** Every id must be an asset of the project that the actor may see: one foreign id refuses them all. */
export async function allSeen(ctx: Ctx, projectId: string, ids: string[]): Promise<void> {
  for (const assetId of ids) {
    const asset = await authorize(ctx, seeAsset, assetId)
    if (asset.project_id !== projectId) throw new CoreError('not_found')
  }
}

/** Puts assets behind what the link has; those it has stay where they are. */
export async function addItems(tx: Tx, linkId: string, ids: string[]): Promise<void> {
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
  mode: 'add' | 'replace',
): Promise<LinkDetail> {
  await allSeen(ctx, link.project_id, asset_ids)
  await change(ctx, async (tx, emit) => {
    if (mode === 'replace')
      await sql`delete from review_link_items where review_link_id = ${link.id} and asset_id <> all(${asset_ids}::uuid[])`.execute(
        tx,
      )
    await addItems(tx, link.id, asset_ids)
    emit({ ...at(link), type: 'reviewlink.updated', subjectId: link.id, data: { changed: ['items'] } })
  })
  return readLink(ctx, link.id)
}

/** Takes assets out of the link's set; the items that were there. */
export async function removeLinkAssets(
  ctx: Ctx,
  link: GrantedLink<'reviewlink.update'>,
  { asset_ids }: z.infer<typeof LinkAssets>,
): Promise<LinkItem[]> {
  const removed = await change(ctx, async (tx, emit) => {
    const { rows } = await sql<Omit<LinkItem, 'asset'>>`delete from review_link_items
      where review_link_id = ${link.id} and asset_id = any(${asset_ids}::uuid[]) returning *`.execute(tx)
    if (rows.length > 0)
      emit({ ...at(link), type: 'reviewlink.updated', subjectId: link.id, data: { changed: ['items'] } })
    return rows
  })
  return withAssets(ctx, removed)
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
  const items = (
    await withAssets(
      ctx,
      rows.map(({ total: _, ...row }) => row),
    )
  ).filter((item) => item.asset !== null)
  return { rows: items, total: rows[0]?.total ?? 0, page: input.page, page_size: input.page_size }
}

async function withAssets(ctx: Ctx, rows: Omit<LinkItem, 'asset'>[]): Promise<LinkItem[]> {
  const details = await readDetails(
    ctx,
    rows.map((row) => row.asset_id),
  )
  const byId = new Map(details.map((detail) => [detail.asset.id, detail]))
  return rows.map((row) => ({ ...row, asset: byId.get(row.asset_id) ?? null }))
}
