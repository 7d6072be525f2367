import { type Rational, toNumber } from '../rational.ts'
import { ownInput } from '../whitelists.ts'
import { ffmpeg, type Job } from './job.ts'
import { fitInside, type Rung } from './ladder.ts'
import type { DraftFile } from './manifest.ts'

/** Where in the clip the poster is taken: past the fade-in, before anything is given away. */
const POSTER_AT = 0.1

/** Takes one picture of the best rendition in three sizes: cover, `thumb_540` and `thumb`. */
export async function makePosters(
  job: Job,
  best: Rung,
  frames: number,
  rate: Rational,
): Promise<DraftFile[]> {
  const frame = Math.floor(frames * POSTER_AT)
  const seconds = Math.max(0, (frame - 0.5) / toNumber(rate))
  const posters = [
    { field: 'cover', width: best.width, height: best.height },
    { field: 'thumb_540', ...fitInside(best, { width: 1920, height: 540 }) },
    { field: 'thumb', ...fitInside(best, { width: 320, height: 180 }) },
  ]
  await ffmpeg(job, () => [
    ...['-ss', seconds.toFixed(6), ...ownInput(`${best.field}.mp4`)],
    ...posters.flatMap(({ field, width, height }) => [
      ...['-map', '0:v:0', '-vf', `scale=${width}:${height},format=yuvj420p`, '-frames:v', '1', '-q:v', '3'],
      ...['-f', 'image2', `file:${field}.jpg`],
    ]),
  ])
  job.stage(0.93, 0.95)(1)
  return posters.map((poster) => ({ name: `${poster.field}.jpg`, role: 'poster', ...poster }))
}
