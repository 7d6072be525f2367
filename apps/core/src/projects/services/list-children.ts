import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { boolean, list, type Page, pageInput } from '../../input.ts'
import { childVisible, isTeam } from '../access.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'

export const ListChildren = z.object({
  ...pageInput,
  include: list().catch([]).default([]),
  sort: z.string().max(200).catch('').default(''),
  type: list().catch([]).default([]),
  include_deleted: boolean().catch(false).default(false),
})

const sortable: ReadonlySet<string> = new Set([
  'comment_count',
  'filesize',
  'filetype',
  'id',
  'label',
  'name',
  'uploaded_at',
  'inserted_at',
  'index',
])

/** The children of a folder or the versions of a stack (newest first, since clients take the first for the top). */
export async function listChildren(
  ctx: Ctx,
  parent: GrantedAsset<'asset.read'>,
  input: z.infer<typeof ListChildren>,
): Promise<Page<AssetDetail>> {
  const { page, page_size } = input
  const types = input.type.filter((type) => ['file', 'folder', 'version_stack'].includes(type))
  const where = sql`row.parent_id = ${parent.id} and row.hard_deleted_at is null
    ${input.include_deleted ? sql`` : sql`and row.deleted_at is null`}
    ${types.length === 0 ? sql`` : sql`and row.type = any(${types}::text[])`}
    and ${childVisible(ctx.actor, parent.role)}`
  const fallback =
    parent.type === 'version_stack'
      ? sql`row.version_number desc, row.id`
      : sql`row.index, row.inserted_at, row.id`
  // The page is found by id alone, in the order of an index, before anything is read of its rows.
  const { rows } = await sql<{ id: string }>`select row.id from assets row where ${where}
    order by ${orderBy(input.sort, fallback)} limit ${page_size} offset ${(page - 1) * page_size}`.execute(
    ctx.db,
  )
  const ids = rows.map((row) => row.id)
  const filtered = input.include_deleted || types.length > 0 || ctx.actor.kind === 'guest'
  return {
    rows: await readDetails(ctx, ids, {
      children: input.include.includes('children'),
    }),
    total: filtered
      ? await count(ctx, where)
      : isTeam(parent.role)
        ? parent.item_count
        : parent.public_item_count,
    page,
    page_size,
  }
}

async function count(ctx: Ctx, where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from assets row where ${where}`.execute(
    ctx.db,
  )
  return rows[0]?.n ?? 0
}

/** `a,-b` as an ORDER BY over known columns; unknown names are ignored (H6). */
export function orderBy(sort: string, fallback: RawBuilder<unknown>): RawBuilder<unknown> {
  const terms = sort.split(',').flatMap((term) => {
    const column = term.replace(/^-/, '')
    if (!sortable.has(column)) return []
    return [
      term.startsWith('-')
        ? sql`${sql.ref(`row.${column}`)} desc nulls last`
        : sql`${sql.ref(`row.${column}`)} nulls last`,
    ]
  })
  return sql.join([...terms, fallback])
}
