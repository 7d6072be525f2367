import { chown, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_LIMITS, type MediaLimits } from '../limits.ts'
import type { Probe } from '../probe/probe-result.ts'
import { rational } from '../rational.ts'
import { dropsPrivileges } from '../sandbox/command.ts'
import { NOBODY } from '../sandbox/confinement.ts'
import type { Tools } from '../tools/tools.ts'
import { AUDIO_FILE, encode, hlsNames } from './encode.ts'
import type { Job } from './job.ts'
import { ladder } from './ladder.ts'
import { type DraftFile, type Manifest, weigh } from './manifest.ts'
import { MASTER_PLAYLIST, masterPlaylist } from './master-playlist.ts'
import { makePosters } from './poster.ts'
import { type ProgressListener, progressStages } from './progress.ts'
import { AUDIO_HLS, remux } from './remux.ts'
import { makeSprite } from './sprite.ts'
import { makeStills } from './stills.ts'
import { bitRate, type Verified, verify } from './verify.ts'
import { makeWaveform } from './waveform.ts'

/** What to transcode, into which folder, with what. */
export type TranscodeInput = {
  readonly source: string
  /** Made if absent. Files appear in it only when everything succeeded. */
  readonly outDir: string
  /** Of the same file; see `probe`. */
  readonly probe: Probe
  readonly tools: Tools
  readonly limits?: MediaLimits | undefined
  readonly onProgress?: ProgressListener | undefined
  readonly signal?: AbortSignal | undefined
}

type Product = Omit<Manifest, 'kind' | 'files' | 'variableFrameRate'> & { drafts: DraftFile[] }

/**
 * Makes everything that a reviewer's browser needs from one file: H.264 renditions as HLS and as progressive MP4,
 * posters, scrub sprite and waveform; or the sizes of a still; or an audio rendition.
 *
 * Frame `n` of the source is frame `n` of every rendition, at the exact rate of the probe. Throws `MediaError`; then,
 * and after a kill, the folder holds no file that could be taken for a result.
 */
export async function transcode(input: TranscodeInput): Promise<Manifest> {
  await mkdir(input.outDir, { recursive: true })
  await using work = await workFolder(input)
  const job: Job = {
    ...{
      source: input.source,
      work: work.path,
      probe: input.probe,
      tools: input.tools,
      signal: input.signal,
    },
    limits: input.limits ?? DEFAULT_LIMITS,
    stage: progressStages(input.onProgress),
  }
  const { drafts, ...product } = await MAKERS[input.probe.kind](job)
  const files = await Promise.all(
    drafts.map(async (draft) => weigh(draft, (await stat(join(work.path, draft.name))).size)),
  )
  for (const { name } of files) await rename(join(work.path, name), join(input.outDir, name))
  input.onProgress?.(1)
  const variableFrameRate = input.probe.video?.variableFrameRate ?? false
  return { kind: input.probe.kind, files, variableFrameRate, ...product }
}

const MAKERS: Record<Probe['kind'], (job: Job) => Promise<Product>> = {
  video: makeVideo,
  audio: makeAudio,
  image: async (job) => ({
    ...{ drafts: await makeStills(job), frames: 0, fps: null, sprite: null },
    duration: rational(0, 1),
  }),
}

async function makeVideo(job: Job): Promise<Product> {
  const video = job.probe.video
  const rungs = video ? ladder(video) : []
  const [smallest, best] = [rungs[0], rungs.at(-1)]
  if (!video || !smallest || !best) throw new Error('a video probe without a picture')
  const fps = video.frameRate
  await encode(job, rungs)
  await remux(job, rungs)
  const verified = await verify(job, rungs)
  const frames = verified[0]?.frames ?? 0
  const posters = await makePosters(job, best, frames, fps)
  const sprite = await makeSprite(job, smallest, frames, fps)
  const waveform = job.probe.audio ? await makeWaveform(job) : []
  await writeMaster(job, verified)
  const drafts = [...verified.flatMap((rendition) => renditionFiles(rendition, fps)), masterFile(best)]
  return {
    drafts: [...drafts, ...audioFiles(job.probe), ...posters, ...sprite.files, ...waveform],
    ...{ frames, fps, sprite: sprite.layout },
    duration: rational(frames * fps.den, fps.num),
  }
}

async function makeAudio(job: Job): Promise<Product> {
  await encode(job, [])
  await remux(job, [])
  const waveform = await makeWaveform(job)
  await writeMaster(job, [])
  const drafts = [...audioFiles(job.probe), masterFile(null), ...waveform]
  return { drafts, frames: 0, fps: null, sprite: null, duration: job.probe.duration }
}

async function writeMaster(job: Job, verified: readonly Verified[]): Promise<void> {
  const variants = await Promise.all(
    verified.map(async (rendition) => {
      const { size } = await stat(join(job.work, hlsNames(rendition.rung.label).media))
      return { ...rendition, averageBits: bitRate(size, job.probe) }
    }),
  )
  const { video, audio } = job.probe
  const playlist = masterPlaylist(variants, video?.frameRate ?? null, audio !== null)
  await writeFile(join(job.work, MASTER_PLAYLIST), playlist)
}

function renditionFiles({ rung, frames }: Verified, fps: Manifest['fps']): DraftFile[] {
  const { playlist, media } = hlsNames(rung.label)
  const facts = { width: rung.width, height: rung.height, fps, frames }
  return [
    { name: `${rung.field}.mp4`, role: 'mp4', field: rung.field, ...facts },
    { name: playlist, role: 'hls_playlist', field: null, ...facts },
    { name: media, role: 'hls_media', field: null, ...facts },
  ]
}

function masterFile(best: { width: number; height: number } | null): DraftFile {
  const [width, height] = [best?.width ?? null, best?.height ?? null]
  return { name: MASTER_PLAYLIST, role: 'hls_master', field: 'hls_manifest', width, height }
}

function audioFiles(probe: Probe): DraftFile[] {
  if (!probe.audio) return []
  const none = { field: null, width: null, height: null }
  const hls: DraftFile[] = [
    { name: AUDIO_HLS.playlist, role: 'hls_playlist', ...none },
    { name: AUDIO_HLS.media, role: 'hls_media', ...none },
  ]
  return probe.kind === 'audio' ? [...hls, { name: AUDIO_FILE, role: 'audio', ...none }] : hls
}

/** A folder inside the output folder, so that publishing is a rename; gone when the work is over, either way. */
async function workFolder(input: TranscodeInput): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(input.outDir, '.work-'))
  if (dropsPrivileges(input.tools.confinement)) await chown(path, NOBODY, NOBODY)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
