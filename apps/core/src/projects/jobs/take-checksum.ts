import { checksum } from '@rushes/storage'
import { change } from '../../context.ts'
import type { JobHandler } from '../../jobs.ts'

/** Reads the original once for its SHA-256 and XXH64 (which V2 clients compare their download with). */
export const takeChecksum: JobHandler<'asset.checksum'> = async (ctx, { asset_id }) => {
  const asset = await ctx.db
    .selectFrom('assets')
    .select(['original_key', 'sha256'])
    .where('id', '=', asset_id)
    .executeTakeFirst()
  if (!asset?.original_key || asset.sha256) return
  const { sha256, xxHash } = await checksum(ctx.core.blobs, asset.original_key)
  await change(ctx, async (tx) => {
    await tx.updateTable('assets').set({ sha256, xx_hash: xxHash }).where('id', '=', asset_id).execute()
  })
}
