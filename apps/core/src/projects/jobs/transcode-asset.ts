import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Manifest, MediaError, type Probe, probe, transcode } from '@rushes/media'
import { renditionKey } from '@rushes/storage'
import { sql } from 'kysely'
import { type Ctx, change, type Tx } from '../../context.ts'
import type { JobHandler, JobRun } from '../../jobs.ts'
import type { Media } from '../../media.ts'
import { at } from '../events/where.ts'
import type { AssetRow } from '../policies/asset.ts'

// A step of progress is an event: ten of them tell enough.
const PROGRESS_STEP = 0.1

/**
 * Probes an upload and makes its renditions. Ends once: `asset.ready`, or `asset.failed` with a reason the uploader can act
 * on; run again after a crash it starts over, and a run that finds the asset done does nothing.
 */
export const transcodeAsset: JobHandler<'asset.transcode'> = async (ctx, { asset_id }, run) => {
  const asset = await ctx.db.selectFrom('assets').selectAll().where('id', '=', asset_id).executeTakeFirst()
  if (asset?.status !== 'uploaded' || asset.deleted_at || !asset.original_key) return
  const media = ctx.core.media
  if (!media) return fail(ctx, asset, 'tools_missing', 'This server has no ffmpeg')
  try {
    await process(ctx, asset, media, run)
  } catch (error) {
    // A reason that lies in the file is final; anything else may pass by the next attempt.
    if (error instanceof MediaError && error.isFinal && !run.signal.aborted)
      return fail(ctx, asset, error.code, error.message)
    if (run.attempt >= run.attempts && !run.signal.aborted)
      await fail(ctx, asset, 'internal', 'Processing failed')
    throw error
  }
}

async function process(ctx: Ctx, asset: AssetRow, media: Media, run: JobRun): Promise<void> {
  await using source = await ctx.core.blobs.localPath(asset.original_key ?? '')
  const found = await probe(source.path, { tools: media.tools, signal: run.signal })
  await change(ctx, (tx) => writeProbe(tx, asset.id, found))
  const folder = await mkdtemp(join(media.scratch, 'transcode-'))
  // ffmpeg may run as a user who owns only a folder of its own in here.
  await chmod(folder, 0o711)
  try {
    const outDir = join(folder, 'out')
    const onProgress = progressWriter(ctx, asset)
    const manifest = await transcode({
      source: source.path,
      outDir,
      probe: found,
      tools: media.tools,
      onProgress: onProgress.report,
      signal: run.signal,
    })
    await onProgress.done()
    for (const file of manifest.files)
      await ctx.core.blobs.putFile(renditionKey(asset.id, file.name), join(outDir, file.name))
    await publish(ctx, asset, manifest)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeProbe(tx: Tx, assetId: string, found: Probe): Promise<void> {
  const { video } = found
  const facts = {
    asset_type: found.kind === 'image' ? 'image' : 'stream',
    progress: 0,
    failure_code: null,
    failure_detail: null,
    fps_num: video && found.kind === 'video' ? video.frameRate.num : null,
    fps_den: video && found.kind === 'video' ? video.frameRate.den : null,
    frames: video && found.kind === 'video' ? video.frames : null,
    duration: found.kind === 'image' ? null : found.duration.num / found.duration.den,
    timecode: found.startTimecode,
    drop_frame: found.dropFrame,
    variable_frame_rate: video?.variableFrameRate ?? false,
    rotation: video?.rotation ?? 0,
    width: video?.width ?? null,
    height: video?.height ?? null,
    is_hdr: video?.hdr ?? false,
    has_audio: found.audio !== null,
    probe: JSON.stringify(found.blob),
    updated_at: sql<string>`now()`,
  }
  await tx
    .insertInto('asset_media')
    .values({ asset_id: assetId, ...facts })
    .onConflict((conflict) => conflict.column('asset_id').doUpdateSet(facts))
    .execute()
}

/** Turns a stream of progress into few events, one at a time. */
function progressWriter(ctx: Ctx, asset: AssetRow) {
  let told = 0
  let writing: Promise<void> = Promise.resolve()
  return {
    report: (progress: number) => {
      if (progress - told < PROGRESS_STEP || progress >= 1) return
      told = progress
      writing = writing.then(() => writeProgress(ctx, asset, progress)).catch(() => {})
    },
    done: () => writing,
  }
}

async function writeProgress(ctx: Ctx, asset: AssetRow, progress: number): Promise<void> {
  await change(ctx, async (tx, emit) => {
    await tx.updateTable('asset_media').set({ progress }).where('asset_id', '=', asset.id).execute()
    emit({
      ...at(asset),
      type: 'asset.progressed',
      subjectId: asset.id,
      data: {
        parent_id: asset.parent_id,
        private: asset.private,
        progress: Math.round(progress * 100) / 100,
      },
    })
  })
}

async function publish(ctx: Ctx, asset: AssetRow, manifest: Manifest): Promise<void> {
  const rows = manifest.files.map((file) => ({
    asset_id: asset.id,
    name: file.name,
    role: file.role,
    field: file.field,
    key: renditionKey(asset.id, file.name),
    content_type: file.contentType,
    width: file.width,
    height: file.height,
    fps: file.fps ? file.fps.num / file.fps.den : null,
    filesize: file.size,
  }))
  const duration = manifest.duration.num / manifest.duration.den
  await change(ctx, async (tx, emit) => {
    const first = await markTranscoded(tx, asset.id)
    if (!first) return
    await tx.deleteFrom('asset_renditions').where('asset_id', '=', asset.id).execute()
    await tx.insertInto('asset_renditions').values(rows).execute()
    await tx
      .updateTable('asset_media')
      .set({ progress: 1, sprite: manifest.sprite ? JSON.stringify(manifest.sprite) : null })
      .where('asset_id', '=', asset.id)
      .execute()
    emit({
      ...at(asset),
      type: 'asset.ready',
      subjectId: asset.id,
      data: {
        parent_id: asset.parent_id,
        private: asset.private,
        duration: manifest.kind === 'image' ? null : duration,
      },
    })
  })
}

async function markTranscoded(tx: Tx, assetId: string): Promise<boolean> {
  const done = await tx
    .updateTable('assets')
    .set({ status: 'transcoded', transcoded_at: sql`now()`, updated_at: sql`now()` })
    .where('id', '=', assetId)
    .where('status', '=', 'uploaded')
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

async function fail(ctx: Ctx, asset: AssetRow, code: string, detail: string): Promise<void> {
  await change(ctx, async (tx, emit) => {
    const failed = await tx
      .updateTable('assets')
      .set({ status: 'failed', upload_failed_at: sql`now()`, updated_at: sql`now()` })
      .where('id', '=', asset.id)
      .where('status', '=', 'uploaded')
      .executeTakeFirst()
    if (failed.numUpdatedRows === 0n) return
    const facts = { failure_code: code, failure_detail: detail, progress: null }
    await tx
      .insertInto('asset_media')
      .values({ asset_id: asset.id, ...facts })
      .onConflict((conflict) => conflict.column('asset_id').doUpdateSet(facts))
      .execute()
    emit({
      ...at(asset),
      type: 'asset.failed',
      subjectId: asset.id,
      data: { parent_id: asset.parent_id, private: asset.private, code, detail },
    })
  })
}
