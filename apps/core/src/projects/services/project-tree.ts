import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { integer } from '../../input.ts'
import type { GrantedProject } from '../policies/project.ts'
import { type AssetDetail, completeDetails, visibleAssets } from './asset-detail.ts'

const MOST = 5_000
const DEEPEST = 50

/** `depth`: how many levels below the root, 3 unless said. */
export const ReadTree = z.object({ depth: integer(1, DEEPEST).catch(DEEPEST).default(3) })

/** The root folder with all below it that the actor may see, nested. Throws `invalid` for more than 5,000 assets. */
export async function readTree(
  ctx: Ctx,
  project: GrantedProject<'project.tree'>,
  { depth }: z.infer<typeof ReadTree>,
): Promise<AssetDetail> {
  const within = sql`a.id in (with recursive below as (
      select ${project.root_asset_id}::uuid as id, 0 as level
      union all select c.id, b.level + 1 from assets c join below b on c.parent_id = b.id
       where c.deleted_at is null and b.level < ${depth}
    ) select id from below limit ${MOST + 1})`
  // Versions newest first, as a stack lists them.
  const tail = sql`order by row.version_number desc nulls last, row.index, row.inserted_at, row.id`
  const { rows } = await visibleAssets(ctx, within, tail).execute(ctx.db)
  if (rows.length > MOST) throw invalid('depth', `There are more than ${MOST} assets: ask for less depth`)
  const details = await completeDetails(ctx, rows)
  const below = Map.groupBy(details, ({ asset }) => asset.parent_id)
  const [root] = below.get(null) ?? []
  if (!root) throw new CoreError('not_found')
  return withChildren(root, below)
}

function withChildren(detail: AssetDetail, below: Map<string | null, AssetDetail[]>): AssetDetail {
  const children = below.get(detail.asset.id) ?? []
  return { ...detail, children: children.map((child) => withChildren(child, below)) }
}
