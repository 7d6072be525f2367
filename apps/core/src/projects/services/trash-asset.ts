import { type RawBuilder, sql } from 'kysely'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { Page, PageInput } from '../../input.ts'
import { at } from '../events/where.ts'
import type { GrantedAsset } from '../policies/asset.ts'
import type { GrantedProject } from '../policies/project.ts'
import { type AssetDetail, completeDetails, visibleAssets } from './asset-detail.ts'
import { readOne } from './get-asset.ts'

interface Totals {
  files: number
  bytes: number
  comments: number
}

/** Puts an asset and all below it into the trash; 30 days later it is gone for good. */
export async function deleteAsset(ctx: Ctx, asset: GrantedAsset<'asset.delete'>): Promise<AssetDetail> {
  const before = await readOne(ctx, asset.id)
  const deleted_at = await change(ctx, (tx, emit) => trash(tx, emit, asset))
  return { ...before, asset: { ...before.asset, deleted_at } }
}

/** Marks an asset and all below it as deleted, and says so. The moment it was. */
export async function trash(tx: Tx, emit: Emit, asset: GrantedAsset<'asset.delete'>): Promise<string | null> {
  const totals = await mark(
    tx,
    sql`deleted_at = now(), deleted_with_id = nullif(${asset.id}::uuid, a.id), updated_at = now()`,
    sql`a.deleted_at is null and a.id in (select id from below)`,
    asset.id,
  )
  const row = await tx
    .selectFrom('assets')
    .select('deleted_at')
    .where('id', '=', asset.id)
    .executeTakeFirstOrThrow()
  await refreshStack(tx, asset.parent_id)
  emit({
    ...at(asset),
    type: 'asset.deleted',
    subjectId: asset.id,
    data: { parent_id: asset.parent_id, private: asset.private, ...totals },
  })
  return row.deleted_at
}

/** Brings back an asset and what went into the trash with it. Throws `conflict` while its folder is in the trash. */
export async function restoreAsset(ctx: Ctx, asset: GrantedAsset<'asset.restore'>): Promise<AssetDetail> {
  await change(ctx, async (tx, emit) => {
    const parent = await tx
      .selectFrom('assets')
      .select('deleted_at')
      .where('id', '=', asset.parent_id ?? '')
      .executeTakeFirst()
    if (parent?.deleted_at) throw new CoreError('conflict', { detail: 'Restore its folder first' })
    const totals = await mark(
      tx,
      sql`deleted_at = null, deleted_with_id = null, updated_at = now()`,
      sql`a.deleted_at is not null and (a.id = ${asset.id} or a.deleted_with_id = ${asset.id})`,
      asset.id,
    )
    await refreshStack(tx, asset.parent_id)
    emit({
      ...at(asset),
      type: 'asset.restored',
      subjectId: asset.id,
      data: { parent_id: asset.parent_id, private: asset.private, ...totals },
    })
  })
  return readOne(ctx, asset.id)
}

async function mark(
  tx: Tx,
  set: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  top: string,
): Promise<Totals> {
  const { rows } = await sql<Totals>`
    with recursive below as (
      select id from assets where id = ${top}
      union all select c.id from assets c join below on c.parent_id = below.id
    ), changed as (update assets a set ${set} where ${where} returning a.type, a.filesize, a.comment_count)
    select count(*) filter (where type = 'file') as files, coalesce(sum(filesize), 0)::bigint as bytes,
           coalesce(sum(comment_count), 0)::bigint as comments from changed`.execute(tx)
  return rows[0] ?? { files: 0, bytes: 0, comments: 0 }
}

/** A stack shows its newest live version. */
export async function refreshStack(tx: Tx, stackId: string | null): Promise<void> {
  await sql`update assets s set updated_at = now(), cover_asset_id = (
      select v.id from assets v where v.parent_id = s.id and v.deleted_at is null order by v.version_number desc limit 1)
    where s.id = ${stackId} and s.type = 'version_stack'`.execute(tx)
}

/** What is in the project's trash, latest first; a folder stands for all that went with it. */
export async function listTrash(
  ctx: Ctx,
  project: GrantedProject<'project.trash'>,
  page: PageInput,
): Promise<Page<AssetDetail>> {
  const where = sql`a.project_id = ${project.id} and a.deleted_at is not null and a.deleted_with_id is null and a.hard_deleted_at is null`
  const tail = sql`order by row.deleted_at desc, row.id limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`
  const { rows } = await visibleAssets(ctx, where, tail).execute(ctx.db)
  return { rows: await completeDetails(ctx, rows), total: rows[0]?.total ?? 0, ...page }
}
