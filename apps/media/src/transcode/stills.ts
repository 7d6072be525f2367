import { MediaError } from '../errors.ts'
import type { VideoFacts } from '../probe/probe-result.ts'
import { guardedInput } from '../whitelists.ts'
import { ffmpeg, type Job } from './job.ts'
import { fitInside } from './ladder.ts'
import type { DraftFile } from './manifest.ts'

const SIZES = [
  { field: 'image_full', box: { width: 16_384, height: 16_384 } },
  { field: 'image_high', box: { width: 1920, height: 1920 } },
  { field: 'image_small', box: { width: 960, height: 960 } },
  { field: 'cover', box: { width: 1920, height: 1080 } },
  { field: 'thumb_540', box: { width: 1920, height: 540 } },
  { field: 'thumb', box: { width: 320, height: 180 } },
] as const

/** Sizes of a still, upright and without its metadata: JPEG, or PNG where it carries transparency. */
export async function makeStills(job: Job): Promise<DraftFile[]> {
  const { video } = job.probe
  if (!video) throw new MediaError('corrupt', 'The picture holds no picture.')
  const extension = video.hasAlpha ? 'png' : 'jpg'
  const files = SIZES.map(({ field, box }) => ({
    name: `${field}.${extension}`,
    field,
    ...fitInside(video, box),
  }))
  const { demuxer } = job.probe
  const { source: limits } = job.limits
  await ffmpeg(
    job,
    ({ source }) => [
      ...['-xerror', '-noautorotate', ...guardedInput(demuxer, source, limits.stillPixels, limits)],
      ...files.flatMap((file) => stillOutput(file, video)),
    ],
    { readsSource: true },
  )
  job.stage(0, 1)(1)
  return files.map((file) => ({ ...file, role: file.field.startsWith('image') ? 'image' : 'poster' }))
}

function stillOutput(file: { name: string; width: number; height: number }, video: VideoFacts): string[] {
  const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] }[
    video.rotation
  ]
  const pixels = video.hasAlpha ? 'rgba' : 'yuvj420p'
  const filters = [...turns, `scale=${file.width}:${file.height}`, 'setsar=1', `format=${pixels}`]
  const codec = video.hasAlpha ? ['-c:v', 'png'] : ['-c:v', 'mjpeg', '-q:v', '2']
  const frame = ['-map', `0:${video.streamIndex}`, '-vf', filters.join(','), '-frames:v', '1']
  return [...frame, '-map_metadata', '-1', ...codec, '-f', 'image2', `file:${file.name}`]
}
