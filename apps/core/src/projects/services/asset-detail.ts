import type { Tables } from '@rushes/db'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { readUsers, type UserRow } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { type Access, accessOf, assetVisible } from '../access.ts'
import type { AssetRow } from '../policies/asset.ts'
import type { ProjectRow } from '../policies/project.ts'

/** What the pipeline found out about a file. */
export type MediaRow = Omit<Selectable<Tables['asset_media']>, 'updated_at'>
/** One file made from the original. */
export type RenditionRow = Omit<Selectable<Tables['asset_renditions']>, 'inserted_at' | 'asset_id'>

/** An asset with all that a view of it shows. */
export interface AssetDetail {
  asset: AssetRow & Access
  media: MediaRow | null
  renditions: RenditionRow[]
  creator: UserRow | null
  project: ProjectRow | null
  cover: AssetDetail | null
  /** The first three children, where asked for. */
  children: AssetDetail[] | null
  /** Where to put the parts: only in the answer that created the file. */
  upload_paths: string[] | null
}

export interface DetailOptions {
  project?: boolean
  children?: boolean
}

type Joined = AssetRow & Access & { media: MediaRow | null; renditions: RenditionRow[] | null }

const media = sql`(select to_jsonb(m) - 'updated_at' from asset_media m where m.asset_id = a.id) as media`
const renditions = sql`(select jsonb_agg(to_jsonb(r) - 'inserted_at' - 'asset_id') from asset_renditions r where r.asset_id = a.id) as renditions`

/** SQL: assets `a` matching `where`, with media and access, only those the actor may see; `tail` orders and limits `row`. */
export function visibleAssets(
  ctx: Pick<Ctx, 'actor'>,
  where: RawBuilder<unknown>,
  tail: RawBuilder<unknown>,
) {
  const access = accessOf(ctx.actor)
  return sql<Joined & { total: number }>`
    select row.*, count(*) over () as total from (
      select a.*, ${media}, ${renditions}, ${access.columns}
        from assets a join projects p on p.id = a.project_id ${access.joins} where ${where}
    ) row where ${assetVisible(ctx.actor)} ${tail}`
}

/** Details of assets by id, in the order of the ids; what is gone or may not be seen is left out. */
export async function readDetails(
  ctx: Ctx,
  ids: string[],
  options: DetailOptions = {},
): Promise<AssetDetail[]> {
  if (ids.length === 0) return []
  const { rows } = await visibleAssets(ctx, sql`a.id = any(${ids}::uuid[])`, sql``).execute(ctx.db)
  const order = new Map(ids.map((id, place) => [id, place]))
  rows.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  return completeDetails(ctx, rows, options)
}

/** Adds people, covers, and what `options` ask for. */
export async function completeDetails(
  ctx: Ctx,
  rows: Joined[],
  options: DetailOptions = {},
): Promise<AssetDetail[]> {
  const [creators, covers, projects, children] = await Promise.all([
    readUsers(
      ctx,
      rows.map((row) => row.creator_id),
    ),
    readCovers(ctx, rows),
    options.project ? readProjects(ctx, rows) : new Map<string, ProjectRow>(),
    options.children ? readFirstChildren(ctx, rows) : null,
  ])
  return rows.map(({ media, renditions, ...asset }) => ({
    asset,
    media,
    renditions: renditions ?? [],
    creator: creators.get(asset.creator_id ?? '') ?? null,
    project: projects.get(asset.project_id) ?? null,
    cover: covers.get(asset.cover_asset_id ?? '') ?? null,
    children: children ? (children.get(asset.id) ?? []) : null,
    upload_paths: null,
  }))
}

async function readCovers(ctx: Ctx, rows: AssetRow[]): Promise<Map<string, AssetDetail>> {
  const ids = rows.flatMap((row) => (row.cover_asset_id ? [row.cover_asset_id] : []))
  const details = await readDetails(ctx, ids)
  return new Map(details.map((detail) => [detail.asset.id, detail]))
}

async function readProjects(ctx: Ctx, rows: AssetRow[]): Promise<Map<string, ProjectRow>> {
  const ids = [...new Set(rows.map((row) => row.project_id))]
  if (ids.length === 0) return new Map()
  const projects = await ctx.db.selectFrom('projects').selectAll().where('id', 'in', ids).execute()
  return new Map(projects.map((project) => [project.id, project]))
}

const FIRST = 3

async function readFirstChildren(ctx: Ctx, rows: AssetRow[]): Promise<Map<string, AssetDetail[]>> {
  const parents = rows.filter((row) => row.item_count > 0).map((row) => row.id)
  if (parents.length === 0) return new Map()
  const first = await sql<{ id: string }>`
    select child.id from unnest(${parents}::uuid[]) parent (id), lateral (
      select c.id from assets c where c.parent_id = parent.id and c.deleted_at is null
       order by c.index, c.inserted_at, c.id limit ${FIRST}) child`.execute(ctx.db)
  const details = await readDetails(
    ctx,
    first.rows.map((row) => row.id),
  )
  return Map.groupBy(details, (detail) => detail.asset.parent_id ?? '')
}
