import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { id } from '../../input.ts'
import { authorize } from '../../policy.ts'
import { at } from '../events/where.ts'
import { type AssetRow, type GrantedAsset, updateAssetPolicy } from '../policies/asset.ts'
import type { AssetDetail } from './asset-detail.ts'
import { readOne } from './get-asset.ts'
import { refreshStack } from './trash-asset.ts'

export const AddVersion = z.object({ next_asset_id: id() })

/**
 * Puts `next_asset_id` on top of a file or stack (v2 section 1.8): on a file a stack is made in its place; on a stack, or a
 * file inside one, the next becomes the newest version. Returns the stack. Throws `invalid` for folders, a stack on a
 * stack, another project, or members of different kinds.
 */
export async function addVersion(
  ctx: Ctx,
  target: GrantedAsset<'asset.update'>,
  { next_asset_id }: z.infer<typeof AddVersion>,
): Promise<AssetDetail> {
  const next = await authorize(ctx, updateAssetPolicy, next_asset_id)
  const stackId = await change(ctx, async (tx, emit) => {
    const [top, added] = await lockBoth(tx, target.id, next.id)
    refuseMismatch(top, added)
    const stack = await stackOf(tx, top)
    if (added.parent_id === stack.id) throw invalid('next_asset_id', 'It is a version of this stack already')
    await refuseOtherKind(tx, stack.id, added.id)
    await append(tx, emit, stack, added)
    return stack.id
  })
  return readOne(ctx, stackId)
}

async function lockBoth(tx: Tx, targetId: string, nextId: string): Promise<[AssetRow, AssetRow]> {
  const rows = await tx
    .selectFrom('assets')
    .selectAll()
    .where('id', 'in', [targetId, nextId])
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const target = rows.find((row) => row.id === targetId)
  const next = rows.find((row) => row.id === nextId)
  if (!target || !next) throw new CoreError('not_found')
  return [target, next]
}

function refuseMismatch(target: AssetRow, next: AssetRow): void {
  if (target.id === next.id) throw invalid('next_asset_id', 'An asset can not be a version of itself')
  if (target.type === 'folder') throw invalid('asset_id', 'Folders can not be versioned')
  if (next.type !== 'file') throw invalid('next_asset_id', 'Only a file can become a version')
  if (target.project_id !== next.project_id) throw invalid('next_asset_id', 'It is in another project')
}

async function stackOf(tx: Tx, target: AssetRow): Promise<AssetRow> {
  if (target.type === 'version_stack') return target
  const parent = await tx
    .selectFrom('assets')
    .selectAll()
    .where('id', '=', target.parent_id ?? '')
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (parent.type === 'version_stack') return parent
  const stack = await tx
    .insertInto('assets')
    .values({
      account_id: target.account_id,
      team_id: target.team_id,
      project_id: target.project_id,
      parent_id: target.parent_id,
      creator_id: target.creator_id,
      type: 'version_stack',
      name: target.name,
      index: target.index,
      private: target.private,
      label: target.label,
      uploaded_at: target.uploaded_at,
      inserted_at: target.inserted_at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('assets')
    .set({ parent_id: stack.id, version_number: 1 })
    .where('id', '=', target.id)
    .execute()
  return stack
}

async function refuseOtherKind(tx: Tx, stackId: string, nextId: string): Promise<void> {
  const { rows } = await sql<{
    kinds: number
  }>`select count(distinct m.asset_type) as kinds from asset_media m
    where m.asset_type is not null and (m.asset_id = ${nextId} or m.asset_id in (select id from assets where parent_id = ${stackId}))`.execute(
    tx,
  )
  if ((rows[0]?.kinds ?? 0) > 1) throw invalid('next_asset_id', 'All versions must be of one kind')
}

async function append(tx: Tx, emit: Emit, stack: AssetRow, next: AssetRow): Promise<void> {
  const { rows } = await sql<{
    version: number
  }>`update assets set parent_id = ${stack.id}, updated_at = now(),
      version_number = 1 + coalesce((select max(version_number) from assets where parent_id = ${stack.id}), 0)
    where id = ${next.id} returning version_number as version`.execute(tx)
  const version = rows[0]?.version ?? 1
  const left = next.parent_id
  await refreshStack(tx, stack.id)
  await dissolveIfSingle(tx, left)
  // The resource of V2's asset.versioned is the asset that was added, not the stack.
  emit({
    ...at(next),
    type: 'asset.versioned',
    subjectId: next.id,
    data: { parent_id: stack.id, private: next.private, version_stack_id: stack.id, version },
  })
}

/** Takes one version out to the stack's folder; a stack left with one member dissolves. */
export async function removeVersion(ctx: Ctx, asset: GrantedAsset<'asset.update'>): Promise<AssetDetail> {
  await change(ctx, async (tx, emit) => {
    const stack = await tx
      .selectFrom('assets')
      .selectAll()
      .where('id', '=', asset.parent_id ?? '')
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (stack.type !== 'version_stack') throw invalid('asset_id', 'It is not in a version stack')
    await tx
      .updateTable('assets')
      .set({ parent_id: stack.parent_id, version_number: null, updated_at: sql`now()` })
      .where('id', '=', asset.id)
      .execute()
    await refreshStack(tx, stack.id)
    await dissolveIfSingle(tx, stack.id)
    emit({
      ...at(asset),
      type: 'asset.unversioned',
      subjectId: asset.id,
      data: { parent_id: stack.parent_id, private: asset.private, version_stack_id: stack.id },
    })
  })
  return readOne(ctx, asset.id)
}

async function dissolveIfSingle(tx: Tx, stackId: string | null): Promise<void> {
  const { rows } = await sql<{
    parent_id: string
  }>`select s.parent_id from assets s where s.id = ${stackId} and s.type = 'version_stack'
    and (select count(*) from assets v where v.parent_id = s.id and v.deleted_at is null) <= 1`.execute(tx)
  const folder = rows[0]?.parent_id
  if (!folder) return
  await sql`update assets set parent_id = ${folder}, version_number = null where parent_id = ${stackId} and deleted_at is null`.execute(
    tx,
  )
  await sql`update assets set deleted_at = now(), cover_asset_id = null where id = ${stackId}`.execute(tx)
}
