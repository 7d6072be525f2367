import { sql } from 'kysely'
import { z } from 'zod'
import type { Person } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { boolean, id, list, type Page, pageInput, text } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import { accessOf, assetVisible } from '../access.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'
import { orderBy } from './list-children.ts'
import { filterSql, SearchFilter } from './search-filter.ts'
import { searchText, type TextSearch } from './search-text.ts'

export const SearchAssets = z.object({
  page: pageInput.page,
  page_size: pageInput.page_size.removeDefault().default(10),
  q: text(1000).optional(),
  query: text(1000).optional(),
  account_id: id().optional(),
  team_id: id().optional(),
  project_id: id().optional(),
  type: list().catch([]).default([]),
  filter: SearchFilter.optional(),
  sort: z.string().max(200).catch('').default(''),
  include: list().catch([]).default([]),
  include_deleted: boolean().catch(false).default(false),
})

type Search = z.infer<typeof SearchAssets>

/** Assets of every project that the person may look into, best first unless `sort` says otherwise. */
export async function searchAssets(
  ctx: Ctx,
  person: Granted<Person, 'person'>,
  input: Search,
): Promise<Page<AssetDetail>> {
  const { page, page_size, include } = input
  const projects = await projectsOf(ctx, person.userId, input)
  const question = { projects, search: searchText(input.q ?? input.query ?? ''), input }
  const order = orderBy(input.sort, sql`row.relevance desc, row.inserted_at desc, row.id`)
  const rows = await find(ctx, question, {
    tail: sql`order by ${order} limit ${page_size} offset ${(page - 1) * page_size}`,
    columns: sql`row.id, count(*) over () as total`,
  })
  const [counted] =
    rows.length > 0 || page === 1
      ? rows
      : await find(ctx, question, { tail: sql``, columns: sql`null as id, count(*) as total` })
  const details = await readDetails(
    ctx,
    rows.map((row) => row.id),
    { project: true, children: include.includes('children') },
  )
  return { rows: details, total: counted?.total ?? 0, page, page_size }
}

interface Question {
  projects: string[]
  search: TextSearch
  input: Search
}

interface Shape {
  columns: ReturnType<typeof sql>
  tail: ReturnType<typeof sql>
}

async function find(
  ctx: Ctx,
  { projects, search: { condition, relevance }, input }: Question,
  { columns, tail }: Shape,
) {
  const access = accessOf(ctx.actor)
  const types = input.type.filter((type) => ['file', 'folder', 'version_stack'].includes(type))
  const { rows } = await sql<{ id: string; total: number }>`select ${columns} from (
      select a.*, ${relevance} as relevance, ${access.columns}
        from assets a join projects p on p.id = a.project_id ${access.joins}
       where ${condition} and a.project_id = any(${projects}::uuid[]) and a.parent_id is not null
         and a.hard_deleted_at is null and (${input.include_deleted} or a.deleted_at is null)
         and (${types.length === 0} or a.type = any(${types}::text[])) and ${filterSql(input.filter ?? {})}
    ) row where ${assetVisible(ctx.actor)} ${tail}`.execute(ctx.db)
  return rows
}

/**
 * Live projects that the person may have business with, which the access columns then decide. Read first, so that the indexes
 * of names and words, which start with the project, read no other tenant's.
 */
async function projectsOf(ctx: Ctx, userId: string, { account_id, team_id, project_id }: Search) {
  const { rows } = await sql<{ id: string }>`select own.id from projects own where own.deleted_at is null
      and (${account_id ?? null}::uuid is null or own.account_id = ${account_id ?? null})
      and (${team_id ?? null}::uuid is null or own.team_id = ${team_id ?? null})
      and (${project_id ?? null}::uuid is null or own.id = ${project_id ?? null})
      and (own.account_id in (select id from accounts where owner_id = ${userId}
             union all select account_id from account_members where user_id = ${userId})
        or own.team_id in (select team_id from team_members where user_id = ${userId})
        or own.id in (select project_id from collaborators where user_id = ${userId}))`.execute(ctx.db)
  return rows.map((row) => row.id)
}
