import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { boolean, list } from '../../input.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import { type AssetDetail, readDetails } from './asset-detail.ts'

export const GetAsset = z.object({
  include_deleted: boolean().catch(false).default(false),
  include: list().catch([]).default([]),
})

/** One asset with its project. A deleted one is absent unless `include_deleted`. */
export async function getAsset(
  ctx: Ctx,
  asset: GrantedAsset<'asset.read_deleted'>,
  input: z.infer<typeof GetAsset>,
): Promise<AssetDetail> {
  if ((asset.deleted_at || asset.project_deleted) && !input.include_deleted) throw new CoreError('not_found')
  return readOne(ctx, asset.id, input.include)
}

/** The detail of an asset that the caller has just read or written. */
export async function readOne(ctx: Ctx, id: string, include: string[] = []): Promise<AssetDetail> {
  const [detail] = await readDetails(ctx, [id], { project: true, children: include.includes('children') })
  if (!detail) throw new CoreError('not_found')
  return detail
}
