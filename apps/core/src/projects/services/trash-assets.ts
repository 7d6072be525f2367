import { sql } from 'kysely'
import { z } from 'zod'
import type { Person } from '../../accounts/index.ts'
import { type Ctx, change } from '../../context.ts'
import { id } from '../../input.ts'
import { authorize, type Granted } from '../../policy.ts'
import { deleteAssetPolicy, type GrantedAsset } from '../policies/asset.ts'
import { trash } from './trash-asset.ts'

export const DeleteAssets = z.object({ asset_ids: z.array(id()).min(1).max(500) })

/**
 * Puts assets into the trash, each with all below it: all or none. One that lies below another goes along with it. Throws
 * `not_found` when one of them is foreign or absent.
 */
export async function deleteAssets(
  ctx: Ctx,
  _person: Granted<Person, 'person'>,
  { asset_ids }: z.infer<typeof DeleteAssets>,
): Promise<void> {
  const assets: GrantedAsset<'asset.delete'>[] = []
  for (const one of new Set(asset_ids)) assets.push(await authorize(ctx, deleteAssetPolicy, one))
  const ids = assets.map((asset) => asset.id)
  await change(ctx, async (tx, emit) => {
    const { rows } = await sql<{ id: string }>`select id from unnest(${ids}::uuid[]) as named (id)
      where not exists (select from asset_path(named.id) step where step.id <> named.id and step.id = any(${ids}::uuid[]))`.execute(
      tx,
    )
    const tops = new Set(rows.map((row) => row.id))
    for (const asset of assets) if (tops.has(asset.id)) await trash(tx, emit, asset)
    return {}
  })
}
