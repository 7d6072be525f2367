import {
  type IncomingPart,
  originalKey,
  type ReceivedPart,
  type RecordedPart,
  type Upload,
} from '@rushes/storage'
import { sql } from 'kysely'
import { type Ctx, change, contextFor, type Emit, type Tx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { at } from '../events/where.ts'
import type { AssetRow } from '../policies/asset.ts'

/**
 * Takes one part of an upload, as bytes that the signed URL stood for. Durable before it answers; a part sent again
 * replaces the earlier one. When the parts together are the whole file the upload is complete: no call says so (H10).
 * Acts for who created the file. Throws `forbidden` for an upload that is over or unknown, `conflict` for one that has all its
 * bytes, `invalid` for more bytes than the file has.
 */
export async function receivePart(
  ctx: Ctx,
  assetId: string,
  incoming: IncomingPart,
): Promise<{ etag: string }> {
  const { upload, creatorId } = await openUpload(ctx, assetId)
  if (incoming.index >= upload.partCount)
    throw new CoreError('forbidden', { detail: 'There is no such part' })
  const creator = creatorId ? onBehalfOf(ctx, creatorId) : ctx
  const part = await ctx.core.blobs.putPart(upload, incoming)
  const { replaced, whole } = await recordPart(creator, upload, part)
  if (replaced) await ctx.core.blobs.discardPart(upload, replaced)
  if (whole) await finish(creator, upload, await readParts(ctx, upload.id))
  return { etag: part.etag }
}

function onBehalfOf(ctx: Ctx, userId: string): Ctx {
  return contextFor(ctx.core, { kind: 'user', userId, scopes: null, via: 'upload' }, ctx)
}

async function openUpload(ctx: Ctx, assetId: string): Promise<{ upload: Upload; creatorId: string | null }> {
  const row = await ctx.db
    .selectFrom('uploads')
    .innerJoin('assets', 'assets.id', 'uploads.asset_id')
    .select(['uploads.filesize', 'part_count', 'state', 'completed_at', 'creator_id'])
    .where('asset_id', '=', assetId)
    .where('assets.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row || row.state === 'failed') throw new CoreError('forbidden', { detail: 'The upload is over' })
  if (row.completed_at) throw complete()
  return { upload: uploadOf(assetId, row), creatorId: row.creator_id }
}

function complete(): CoreError {
  return new CoreError('conflict', { detail: 'The upload is complete' })
}

interface Recording {
  /** The part that no longer counts, whose bytes may go. */
  replaced: RecordedPart | null
  /** The parts are the whole file now. From then on none is taken, so nothing changes below who puts them together. */
  whole: boolean
}

/**
 * Makes the stored part the one that counts; when that is refused its bytes are freed. One that comes too late, but is the
 * same as the one that counts, is taken for that.
 */
async function recordPart(ctx: Ctx, upload: Upload, part: ReceivedPart): Promise<Recording> {
  try {
    return await change(ctx, async (tx) => {
      const open = await sql`select from uploads
        where asset_id = ${upload.id} and state = 'open' and completed_at is null for update`.execute(tx)
      if (open.rows.length > 0) return writePart(tx, upload, part)
      if ((await recordedEtag({ db: tx }, upload.id, part.index)) !== part.etag) throw complete()
      return { replaced: part, whole: false }
    })
  } catch (error) {
    await ctx.core.blobs.discardPart(upload, part)
    throw error
  }
}

/** The etag of the part that counts. */
export async function recordedEtag(
  { db }: { db: Ctx['db'] | Tx },
  assetId: string,
  index: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ etag: string }>`select etag from upload_parts
    where asset_id = ${assetId} and index = ${index}`.execute(db)
  return rows[0]?.etag
}

async function writePart(tx: Tx, upload: Upload, part: ReceivedPart): Promise<Recording> {
  const { rows } = await sql<{ total: number; replaced: RecordedPart | null }>`
    with earlier as (
      select index, size, location from upload_parts where asset_id = ${upload.id} and index = ${part.index}
    ), written as (
      insert into upload_parts (asset_id, index, size, etag, location)
      values (${upload.id}, ${part.index}, ${part.size}, ${part.etag}, ${JSON.stringify(part.location)}::jsonb)
      on conflict (asset_id, index) do update set size = excluded.size, etag = excluded.etag,
        location = excluded.location, received_at = now()
    ), others as (
      select coalesce(sum(size), 0)::bigint as size from upload_parts
       where asset_id = ${upload.id} and index <> ${part.index}
    ), closed as (
      update uploads u set completed_at = now() from others
       where u.asset_id = ${upload.id} and others.size + ${part.size}::bigint = u.filesize
    )
    select others.size + ${part.size}::bigint as total, (select to_jsonb(earlier) from earlier) as replaced from others`.execute(
    tx,
  )
  const [{ total, replaced } = { total: 0, replaced: null }] = rows
  if (total > upload.size) throw new CoreError('invalid', { detail: 'The parts are larger than the file' })
  return { replaced, whole: total === upload.size }
}

async function readParts(ctx: Pick<Ctx, 'db'>, assetId: string): Promise<RecordedPart[]> {
  const { rows } = await sql<RecordedPart>`select index, size, location from upload_parts
    where asset_id = ${assetId} order by index`.execute(ctx.db)
  return rows
}

/** The bytes first, then the row that says so: a crash between the two is finished by the next part sent again, or the sweep. */
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

/** Finishes an upload that has all its parts and that a crash kept from being put together. True when it was one. */
export async function finishInterrupted(ctx: Ctx, assetId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('uploads')
    .innerJoin('assets', 'assets.id', 'uploads.asset_id')
    .select(['uploads.filesize', 'part_count', 'creator_id'])
    .where('asset_id', '=', assetId)
    .where('state', '=', 'open')
    .where('completed_at', 'is not', null)
    .executeTakeFirst()
  if (!row) return false
  const creator = row.creator_id ? onBehalfOf(ctx, row.creator_id) : ctx
  await finish(creator, uploadOf(assetId, row), await readParts(ctx, assetId))
  return true
}

function uploadOf(id: string, row: { filesize: number; part_count: number }): Upload {
  return { id, key: originalKey(id), size: row.filesize, partCount: row.part_count }
}
