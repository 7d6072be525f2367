import {
  type IncomingPart,
  originalKey,
  type ReceivedPart,
  type RecordedPart,
  type Upload,
} from '@rushes/storage'
import { sql } from 'kysely'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { at } from '../events/where.ts'
import type { AssetRow } from '../policies/asset.ts'

/**
 * Takes one part of an upload, as bytes that the signed URL stood for. Durable before it answers; a part sent again
 * replaces the earlier one. When the parts together are the whole file the upload is complete: no call says so (H10).
 * Throws `forbidden` for an upload that is over or unknown, `invalid` for more bytes than the file has.
 */
export async function receivePart(
  ctx: Ctx,
  assetId: string,
  incoming: IncomingPart,
): Promise<{ etag: string }> {
  const upload = await openUpload(ctx, assetId)
  if (incoming.index >= upload.partCount)
    throw new CoreError('forbidden', { detail: 'There is no such part' })
  const part = await ctx.core.blobs.putPart(upload, incoming)
  const replaced = await recordPart(ctx, upload, part)
  if (replaced) await ctx.core.blobs.discardPart(upload, replaced)
  await completeUpload(ctx, upload)
  return { etag: part.etag }
}

async function openUpload(ctx: Ctx, assetId: string): Promise<Upload> {
  const row = await ctx.db
    .selectFrom('uploads')
    .innerJoin('assets', 'assets.id', 'uploads.asset_id')
    .select(['uploads.filesize', 'part_count', 'state'])
    .where('asset_id', '=', assetId)
    .where('assets.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row || row.state === 'failed') throw new CoreError('forbidden', { detail: 'The upload is over' })
  if (row.state === 'complete') throw new CoreError('conflict', { detail: 'The upload is complete' })
  return { id: assetId, key: originalKey(assetId), size: row.filesize, partCount: row.part_count }
}

/** Makes the stored part the one that counts; returns the one it replaced, whose bytes may go. */
async function recordPart(ctx: Ctx, upload: Upload, part: ReceivedPart): Promise<RecordedPart | null> {
  return change(ctx, async (tx) => {
    await lockOpen(tx, upload.id)
    const { rows } = await sql<RecordedPart>`select index, size, location from upload_parts
      where asset_id = ${upload.id} and index = ${part.index}`.execute(tx)
    await sql`insert into upload_parts (asset_id, index, size, etag, location)
      values (${upload.id}, ${part.index}, ${part.size}, ${part.etag}, ${JSON.stringify(part.location)}::jsonb)
      on conflict (asset_id, index) do update set size = excluded.size, etag = excluded.etag,
        location = excluded.location, received_at = now()`.execute(tx)
    return rows[0] ?? null
  })
}

async function lockOpen(tx: Tx, assetId: string): Promise<void> {
  const { rows } =
    await sql`select from uploads where asset_id = ${assetId} and state = 'open' for update`.execute(tx)
  if (rows.length === 0) throw new CoreError('conflict', { detail: 'The upload is complete' })
}

async function completeUpload(ctx: Ctx, upload: Upload): Promise<void> {
  const parts = await readParts(ctx, upload.id)
  if (parts.reduce((sum, part) => sum + part.size, 0) !== upload.size) return
  await finish(ctx, upload, parts)
}

async function readParts(ctx: Pick<Ctx, 'db'>, assetId: string): Promise<RecordedPart[]> {
  const { rows } = await sql<RecordedPart>`select index, size, location from upload_parts
    where asset_id = ${assetId} order by index`.execute(ctx.db)
  return rows
}

/** The bytes first, then the row that says so: a crash between the two is finished by the next part or the sweep. */
async function finish(ctx: Ctx, upload: Upload, parts: RecordedPart[]): Promise<void> {
  await ctx.core.blobs.finishUpload(upload, parts)
  await change(ctx, async (tx, emit) => {
    const { rows } = await sql`update uploads set state = 'complete', completed_at = now()
      where asset_id = ${upload.id} and state = 'open' returning asset_id`.execute(tx)
    if (rows.length > 0) await announce(tx, ctx, emit, upload)
  })
}

async function announce(tx: Tx, ctx: Ctx, emit: Emit, { id, key }: Upload): Promise<void> {
  const asset: AssetRow = await tx
    .updateTable('assets')
    .set({ status: 'uploaded', original_key: key, upload_completed_at: sql`now()`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await ctx.core.jobs.enqueue(tx, 'asset.checksum', { asset_id: id }, { key: id })
  await ctx.core.jobs.enqueue(tx, 'asset.transcode', { asset_id: id }, { key: id })
  emit({
    ...at(asset),
    type: 'asset.uploaded',
    subjectId: asset.id,
    data: { parent_id: asset.parent_id, private: asset.private, filesize: asset.filesize },
  })
}

/** Finishes an upload whose last part was recorded but whose completion a crash prevented. True when it was one. */
export async function finishInterrupted(ctx: Ctx, upload: Upload): Promise<boolean> {
  const parts = await readParts(ctx, upload.id)
  if (parts.length === 0 || parts.reduce((sum, part) => sum + part.size, 0) !== upload.size) return false
  await finish(ctx, upload, parts)
  return true
}
