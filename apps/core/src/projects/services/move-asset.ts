import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { id } from '../../input.ts'
import { authorize } from '../../policy.ts'
import { at } from '../events/where.ts'
import { type GrantedAsset, updateAssetPolicy } from '../policies/asset.ts'
import type { AssetDetail } from './asset-detail.ts'
import { readOne } from './get-asset.ts'
import { refreshStack } from './trash-asset.ts'

export const MoveAsset = z.object({ id: id() })

/** Moves an asset into the folder `target`, in the same project. Throws `invalid` for a folder into itself or below. */
export async function moveAsset(
  ctx: Ctx,
  target: GrantedAsset<'asset.create'>,
  input: z.infer<typeof MoveAsset>,
): Promise<AssetDetail> {
  if (target.type !== 'folder') throw invalid('asset_id', 'Only a folder takes assets')
  const asset = await authorize(ctx, updateAssetPolicy, input.id)
  if (asset.project_id !== target.project_id) throw invalid('id', 'It is in another project')
  await change(ctx, async (tx, emit) => {
    // The project's row keeps two moves from making a loop between them.
    await sql`select from projects where id = ${target.project_id} for update`.execute(tx)
    const { rows } = await sql`select from asset_path(${target.id}) where id = ${asset.id}`.execute(tx)
    if (rows.length > 0) throw invalid('id', 'A folder can not be moved into itself')
    const moved = await tx
      .updateTable('assets')
      .set({ parent_id: target.id, version_number: null, updated_at: sql`now()` })
      .where('id', '=', asset.id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (moved.numUpdatedRows === 0n) throw new CoreError('not_found')
    await refreshStack(tx, asset.parent_id)
    emit({
      ...at(asset),
      type: 'asset.moved',
      subjectId: asset.id,
      data: { parent_id: target.id, private: asset.private, from_parent_id: asset.parent_id },
    })
  })
  return readOne(ctx, asset.id)
}
