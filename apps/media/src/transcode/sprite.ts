import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flags } from '../flags.ts'
import { type Rational, toNumber } from '../rational.ts'
import { ownInput } from '../whitelists.ts'
import { gopFrames } from './encode.ts'
import { ffmpeg, type Job } from './job.ts'
import { fitInside, type Rung } from './ladder.ts'
import type { DraftFile, SpriteLayout } from './manifest.ts'

const COLUMNS = 10
const MAX_TILES = 100
const FINE_TILES = 50
const TILE_BOX = { width: 160, height: 90 }

/**
 * Plans the sheet: short clips get fifty tiles at any frame; longer ones at most a hundred, each on a key frame, so
 * that making the sheet decodes nothing else.
 */
export function planSprite(
  frames: number,
  rate: Rational,
  picture: { width: number; height: number },
): SpriteLayout {
  const gop = gopFrames(rate)
  const isShort = frames < gop * FINE_TILES
  const stepFrames = isShort
    ? Math.max(1, Math.ceil(frames / FINE_TILES))
    : gop * Math.ceil(frames / gop / MAX_TILES)
  const count = Math.ceil(frames / stepFrames)
  const tile = fitInside(picture, TILE_BOX)
  return {
    tileWidth: tile.width,
    tileHeight: tile.height,
    columns: Math.min(COLUMNS, count),
    rows: Math.ceil(count / COLUMNS),
    count,
    stepFrames,
    interval: stepFrames / toNumber(rate),
  }
}

/** Makes the scrub sheet (JPEG) and its index (JSON, a `SpriteLayout`) from the smallest rendition. */
export async function makeSprite(
  job: Job,
  smallest: Rung,
  frames: number,
  rate: Rational,
): Promise<{ files: DraftFile[]; layout: SpriteLayout }> {
  const layout = planSprite(frames, rate, smallest)
  const gop = gopFrames(rate)
  const onKeyFrames = layout.stepFrames % gop === 0
  const every = onKeyFrames ? layout.stepFrames / gop : layout.stepFrames
  const scale = `scale=${layout.tileWidth}:${layout.tileHeight}`
  const tile = `tile=${layout.columns}x${layout.rows}`
  await ffmpeg(job, () => [
    ...flags(onKeyFrames ? '-skip_frame nokey' : ''),
    ...ownInput(`${smallest.field}.mp4`),
    ...['-vf', `select=not(mod(n\\,${every})),${scale},${tile},format=yuvj420p`],
    ...flags('-an -frames:v 1 -q:v 4 -f image2 file:thumb_scrub.jpg'),
  ])
  await writeFile(join(job.work, 'thumb_scrub.json'), JSON.stringify(layout))
  job.stage(0.95, 0.98)(1)
  const size = { width: layout.tileWidth * layout.columns, height: layout.tileHeight * layout.rows }
  return { layout, files: [spriteFile('thumb_scrub.jpg', size), indexFile()] }
}

function spriteFile(name: string, size: { width: number; height: number }): DraftFile {
  return { name, role: 'sprite', field: 'thumb_scrub', ...size }
}

function indexFile(): DraftFile {
  return { name: 'thumb_scrub.json', role: 'sprite_index', field: null, width: null, height: null }
}
