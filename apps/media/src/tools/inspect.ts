import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What an ffmpeg says about itself. */
export type Inspection = {
  readonly version: string
  readonly year: number
  /** Encoders, filters and muxers we need and it lacks. */
  readonly missing: readonly string[]
}

const NEEDED: readonly (readonly [flag: string, names: readonly string[]])[] = [
  ['-encoders', ['libx264', 'aac', 'mjpeg', 'png']],
  [
    '-filters',
    ['fps', 'scale', 'split', 'tile', 'overlay', 'geq', 'aresample', 'showwavespic', 'transpose', 'yadif'],
  ],
  ['-muxers', ['hls', 'mp4', 'image2']],
]

const run = promisify(execFile)

/** Runs `ffmpeg -version` and asks for the parts we need. Null when the file isn't a working ffmpeg. */
export async function inspectFfmpeg(path: string): Promise<Inspection | null> {
  const banner = await ask(path, '-version')
  const version = banner?.match(/^ffmpeg version (\S+)/)?.[1]
  if (!banner || !version) return null
  const lists = await Promise.all(
    NEEDED.map(async ([flag, names]) => missingFrom(await ask(path, flag), names)),
  )
  return { version, year: copyrightYear(banner), missing: lists.flat() }
}

/** True when the file runs and says it is ffprobe. */
export async function isFfprobe(path: string): Promise<boolean> {
  return (await ask(path, '-version'))?.startsWith('ffprobe version') ?? false
}

/** Releases compare by number; builds from git (`N-…`, `2024-…`) have none and compare by year. */
export function isRecentEnough(inspection: Inspection): boolean {
  const release = /^n?(\d+)\.(\d+)/.exec(inspection.version)
  if (!release) return inspection.year >= 2022
  const [major, minor] = [Number(release[1]), Number(release[2])]
  return major > 5 || (major === 5 && minor >= 1)
}

async function ask(path: string, flag: string): Promise<string | null> {
  try {
    return (await run(path, ['-hide_banner', flag], { timeout: 10_000, maxBuffer: 4_000_000, env: {} }))
      .stdout
  } catch {
    return null
  }
}

function missingFrom(listing: string | null, names: readonly string[]): string[] {
  const present = new Set((listing ?? '').split('\n').map((line) => line.trim().split(/\s+/)[1]))
  return names.filter((name) => !present.has(name))
}

function copyrightYear(banner: string): number {
  return Number(/Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(banner)?.[1] ?? 0)
}
