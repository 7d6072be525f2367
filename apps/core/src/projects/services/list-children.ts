import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { boolean, list, type Page, pageInput } from '../../input.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import { type AssetDetail, completeDetails, visibleAssets } from './asset-detail.ts'

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
  const types = input.type.filter((type) => ['file', 'folder', 'version_stack'].includes(type))
  const where = sql`a.parent_id = ${parent.id} and a.hard_deleted_at is null
    and (${input.include_deleted} or a.deleted_at is null) and (${types.length === 0} or a.type = any(${types}::text[]))`
  const fallback =
    parent.type === 'version_stack'
      ? sql`row.version_number desc, row.id`
      : sql`row.index, row.inserted_at, row.id`
  const tail = sql`order by ${orderBy(input.sort, fallback)} limit ${input.page_size} offset ${(input.page - 1) * input.page_size}`
  const { rows } = await visibleAssets(ctx, where, tail).execute(ctx.db)
  const total = rows[0]?.total ?? (input.page === 1 ? 0 : parent.item_count)
  return {
    rows: await completeDetails(ctx, rows, { children: input.include.includes('children') }),
    total,
    page: input.page,
    page_size: input.page_size,
  }
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
