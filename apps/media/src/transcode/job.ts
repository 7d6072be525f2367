import { flags } from '../flags.ts'
import { encodeRunLimits, type MediaLimits } from '../limits.ts'
import { failureFrom } from '../probe/failure.ts'
import type { Probe } from '../probe/probe-result.ts'
import { toNumber } from '../rational.ts'
import type { Paths } from '../sandbox/command.ts'
import { runTool, type ToolResult } from '../sandbox/run-tool.ts'
import type { Tools } from '../tools/tools.ts'
import type { ProgressListener } from './progress.ts'

/** What every step of one transcode shares. */
export type Job = {
  readonly source: string
  /** Folder that the steps write into; published only when all are done. */
  readonly work: string
  readonly probe: Probe
  readonly tools: Tools
  readonly limits: MediaLimits
  readonly signal: AbortSignal | undefined
  readonly stage: (from: number, to: number) => ProgressListener
}

/** Runs ffmpeg for a step. Steps that read only files of their own making leave the source out of the jail. */
export async function ffmpeg(
  job: Job,
  args: (paths: Paths) => readonly string[],
  options: { readsSource?: boolean; onOutput?: (chunk: Buffer) => void } = {},
): Promise<ToolResult> {
  const common = flags(
    `-nostdin -hide_banner -nostats -v error -y -max_alloc ${job.limits.source.allocationBytes}`,
  )
  const result = await runTool(job.tools, job.limits, {
    tool: 'ffmpeg',
    mounts: options.readsSource ? { source: job.source, work: job.work } : { work: job.work },
    limits: encodeRunLimits(job.limits, toNumber(job.probe.duration)),
    signal: job.signal,
    args: (paths) => [...common, ...args(paths)],
    ...(options.onOutput ? { onOutput: options.onOutput } : {}),
  })
  if (result.status !== 0) throw failureFrom(result.stderr)
  return result
}
