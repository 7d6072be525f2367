import { constants } from 'node:fs'
import { access, realpath } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { MediaError } from '../errors.ts'
import { findConfinement } from '../sandbox/confinement.ts'
import { type Inspection, inspectFfmpeg, isFfprobe, isRecentEnough } from './inspect.ts'
import { npmBuild } from './npm-build.ts'
import type { Tools, ToolsConfig, ToolsSource } from './tools.ts'

const DEFAULT_PATH = ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin'].join(delimiter)
const SOURCES: readonly ToolsSource[] = ['configured', 'system', 'npm']
const OLD_AFTER_YEARS = 3

type Pair = { ffmpeg: string; ffprobe: string }
type Verdict = { pair: Pair; source: ToolsSource; inspection: Inspection } | string

/**
 * Finds ffmpeg and ffprobe: the configured one, else a system one of 5.1 or later, else the one that came by npm.
 * Also probes, once, which jail works here. Throws `MediaError('tools_missing')` with every candidate's reason.
 * A configured path that doesn't work is an error and never silently replaced.
 */
export async function findTools(config: ToolsConfig = {}): Promise<Tools> {
  const reasons: string[] = []
  for (const source of config.sources ?? SOURCES) {
    const verdict = await judge(source, config)
    if (typeof verdict !== 'string') return describe(verdict, config)
    reasons.push(verdict)
    if (source === 'configured' && config.ffmpeg) break
  }
  throw new MediaError('tools_missing', `No usable ffmpeg: ${reasons.filter(Boolean).join('; ')}.`)
}

async function judge(source: ToolsSource, config: ToolsConfig): Promise<Verdict> {
  const pair = await locate(source, config)
  if (!pair) return source === 'configured' && !config.ffmpeg ? '' : `${source}: ffmpeg or ffprobe not found`
  const inspection = await inspectFfmpeg(pair.ffmpeg)
  if (!inspection) return `${source}: ${pair.ffmpeg} does not run`
  if (!(await isFfprobe(pair.ffprobe))) return `${source}: ${pair.ffprobe} does not run`
  if (inspection.missing.length > 0) return `${source}: lacks ${inspection.missing.join(', ')}`
  if (source === 'system' && !isRecentEnough(inspection))
    return `system: ${inspection.version} is older than 5.1`
  return { pair, source, inspection }
}

async function locate(source: ToolsSource, config: ToolsConfig): Promise<Pair | null> {
  if (source === 'npm') return npmBuild()
  const path = config.path ?? DEFAULT_PATH
  if (source === 'system') return pairOf(await search('ffmpeg', path), await search('ffprobe', path))
  if (!config.ffmpeg) return null
  const beside = await executable(join(dirname(config.ffmpeg), 'ffprobe'))
  const ffprobe = beside ?? (await search('ffprobe', path)) ?? (await npmBuild())?.ffprobe ?? null
  return pairOf(await executable(config.ffmpeg), ffprobe)
}

function pairOf(ffmpeg: string | null, ffprobe: string | null): Pair | null {
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : null
}

async function search(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const found = await executable(join(folder, process.platform === 'win32' ? `${name}.exe` : name))
    if (found) return found
  }
  return null
}

async function executable(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK)
    return await realpath(path)
  } catch {
    return null
  }
}

async function describe(verdict: Exclude<Verdict, string>, config: ToolsConfig): Promise<Tools> {
  const { pair, source, inspection } = verdict
  const confinement = await findConfinement(pair, config.path ?? DEFAULT_PATH)
  const age = new Date().getFullYear() - inspection.year
  const old = `ffmpeg ${inspection.version} is from ${inspection.year}; install a current one (or set RUSHES_FFMPEG)`
  const warnings = [...(age > OLD_AFTER_YEARS ? [old] : []), ...confinement.warnings]
  return { ...pair, source, version: inspection.version, year: inspection.year, warnings, confinement }
}
