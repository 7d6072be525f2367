import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DEFAULT_LIMITS,
  findTools,
  makeDemoClip,
  type Probe,
  plainEncodes,
  probe,
  rational,
  type Tools,
  transcode,
} from '@rushes/media'

const ROUNDS = 3
const QUICK_BUDGET_S = 42
/** A job is polite to the servers beside it; here both sides get the same share of a busy machine. */
const LIMITS = { ...DEFAULT_LIMITS, nice: 0 }

type Round = { pipeline: number; floor: number }

/**
 * The media pipeline against plain ffmpeg: a 1080p clip (60 s; 6 s when quick) goes from upload to published files,
 * and the same renditions are encoded one after the other by a plain ffmpeg each. Rounds alternate which goes first.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const startedAt = performance.now()
  const tools = await findTools({ ffmpeg: process.env.RUSHES_FFMPEG, path: process.env.PATH })
  await using folder = await scratch()
  const source = join(folder.path, 'source.mp4')
  const seconds = quick ? 6 : 60
  await makeDemoClip({
    tools,
    kind: 'chart',
    seconds,
    size: { width: 1920, height: 1080 },
    fps: rational(25, 1),
    outFile: source,
  })
  const rounds: Round[] = []
  while (rounds.length < ROUNDS && (rounds.length < 1 || !quick || hasTimeFor(rounds, startedAt))) {
    rounds.push(
      await measureRound(tools, source, join(folder.path, String(rounds.length)), rounds.length % 2 === 0),
    )
  }
  return report(tools, rounds, seconds)
}

async function measureRound(
  tools: Tools,
  source: string,
  folder: string,
  pipelineFirst: boolean,
): Promise<Round> {
  const facts = await probe(source, { tools })
  const pipeline = () => timed(() => runPipeline(tools, source, join(folder, 'pipeline')))
  const floor = () => timed(() => runByHand(tools, source, facts, join(folder, 'floor')))
  if (pipelineFirst) return { pipeline: await pipeline(), floor: await floor() }
  const first = await floor()
  return { pipeline: await pipeline(), floor: first }
}

async function runPipeline(tools: Tools, source: string, outDir: string): Promise<void> {
  const facts = await probe(source, { tools, limits: LIMITS })
  await transcode({ source, outDir, probe: facts, tools, limits: LIMITS })
}

async function runByHand(tools: Tools, source: string, facts: Probe, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const args of plainEncodes(source, facts)) await ffmpeg(tools.ffmpeg, args, folder)
}

function ffmpeg(path: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd, stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`))))
  })
}

function report(tools: Tools, rounds: readonly Round[], seconds: number): Record<string, unknown> {
  return {
    ratio_to_ffmpeg: rounded(median(rounds.map(({ pipeline, floor }) => pipeline / floor))),
    playable_after_s: rounded(median(rounds.map(({ pipeline }) => pipeline))),
    floor_s: rounded(median(rounds.map(({ floor }) => floor))),
    clip_s: seconds,
    rounds: rounds.length,
    ffmpeg: `${tools.version} (${tools.source}, ${tools.confinement.kind})`,
    seed: null,
    cores: availableParallelism(),
    node: process.version,
    postgres: null,
    notes: notes(rounds.length),
  }
}

function notes(rounds: number): string {
  return [
    'postgres null: the media pipeline uses no database',
    'seed null: the clip is the same every time',
    'both sides run at the same priority',
    ...(rounds < ROUNDS ? [`only ${rounds} of ${ROUNDS} rounds fitted the time`] : []),
  ].join('; ')
}

function hasTimeFor(rounds: readonly Round[], startedAt: number): boolean {
  const elapsed = (performance.now() - startedAt) / 1000
  const longest = Math.max(...rounds.map(({ pipeline, floor }) => pipeline + floor))
  return elapsed + longest < QUICK_BUDGET_S
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

async function scratch(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'rushes-bench-media-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
