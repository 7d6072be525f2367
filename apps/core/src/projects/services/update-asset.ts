import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { boolean, name, number, text } from '../../input.ts'
import { at } from '../events/where.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import type { AssetDetail } from './asset-detail.ts'
import { readOne } from './get-asset.ts'

const label = z.enum(['none', 'needs_review', 'in_progress', 'approved'])

export const UpdateAsset = z.object({
  name: name(1024).optional(),
  description: text(20_000).optional(),
  properties: z.record(z.string().max(255), z.unknown()).optional(),
  label: label.optional(),
  private: boolean().optional(),
  index: number().optional(),
})

export const LabelAsset = z.object({ label })

/** Writes the keys that were sent. A changed label also announces itself as one. */
export async function updateAsset(
  ctx: Ctx,
  asset: GrantedAsset<'asset.update'>,
  input: z.infer<typeof UpdateAsset>,
): Promise<AssetDetail> {
  const { label, properties, ...plain } = definedOnly(input)
  const values = { ...plain, ...(properties && { properties: JSON.stringify(properties) }) }
  await change(ctx, async (tx, emit) => {
    if (Object.keys(values).length > 0) {
      await tx
        .updateTable('assets')
        .set({ ...values, updated_at: sql`now()` })
        .where('id', '=', asset.id)
        .execute()
      emit({
        ...at(asset),
        type: 'asset.updated',
        subjectId: asset.id,
        data: {
          parent_id: asset.parent_id,
          private: values.private ?? asset.private,
          changed: Object.keys(values),
        },
      })
    }
    if (label) await setLabel(tx, emit, asset, label)
  })
  return readOne(ctx, asset.id)
}

/** Sets the review status. */
export async function labelAsset(
  ctx: Ctx,
  asset: GrantedAsset<'asset.label'>,
  { label }: z.infer<typeof LabelAsset>,
): Promise<AssetDetail> {
  await change(ctx, (tx, emit) => setLabel(tx, emit, asset, label))
  return readOne(ctx, asset.id)
}

async function setLabel(
  tx: Tx,
  emit: Emit,
  asset: GrantedAsset<'asset.label'> | GrantedAsset<'asset.update'>,
  label: string,
): Promise<void> {
  const { rows } = await sql<{ previous: string }>`update assets a set label = ${label}, updated_at = now()
    from (select id, label as previous from assets where id = ${asset.id} for update) old
    where a.id = old.id and old.previous <> ${label} returning old.previous`.execute(tx)
  const previous = rows[0]?.previous
  if (previous === undefined) return
  emit({
    ...at(asset),
    type: 'asset.label.updated',
    subjectId: asset.id,
    data: { parent_id: asset.parent_id, private: asset.private, label, previous },
  })
}
