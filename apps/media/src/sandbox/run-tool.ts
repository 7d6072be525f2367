import { type ChildProcess, spawn } from 'node:child_process'
import { MediaError } from '../errors.ts'
import type { MediaLimits, RunLimits } from '../limits.ts'
import type { Tools } from '../tools/tools.ts'
import { confinedCommand, type Mounts, type Paths, pathsInside } from './command.ts'
import { TOOL_ENVIRONMENT } from './environment.ts'

/** One confined run. `args` builds the argument array from the paths the tool will see. */
export type ToolRun = {
  readonly tool: 'ffmpeg' | 'ffprobe'
  readonly mounts: Mounts
  readonly args: (paths: Paths) => readonly string[]
  readonly limits: RunLimits
  readonly signal?: AbortSignal | undefined
  /** Receives standard output as it comes; without it the output is collected, up to 64 MiB. */
  readonly onOutput?: (chunk: Buffer) => void
}

/** How a run ended. `stderr` is its last 64 KiB. */
export type ToolResult = { readonly status: number; readonly stdout: Buffer; readonly stderr: string }

const MAX_COLLECTED = 64 * 1024 * 1024
const MAX_STDERR = 64 * 1024

/**
 * Runs ffmpeg or ffprobe under limits and confinement, as a process group of its own.
 * Throws `MediaError` `cancelled` (signal), `timed_out` (wall or processor time), `output_too_large`; any other
 * exit status is returned for the caller to judge.
 */
export async function runTool(tools: Tools, media: MediaLimits, run: ToolRun): Promise<ToolResult> {
  if (run.signal?.aborted) throw new MediaError('cancelled', 'The work was cancelled.')
  const argv = await confinedCommand(tools.confinement, {
    tool: tools[run.tool],
    args: run.args(pathsInside(tools.confinement, run.mounts)),
    mounts: run.mounts,
    limits: run.limits,
    nice: media.nice,
  })
  return supervise(start(argv, run.mounts.work), run, media.graceMs)
}

function start([command = '', ...args]: string[], work: string | undefined): ChildProcess {
  const detached = process.platform !== 'win32'
  return spawn(command, args, {
    cwd: work ?? '/',
    env: TOOL_ENVIRONMENT,
    detached,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

async function supervise(child: ChildProcess, run: ToolRun, graceMs: number): Promise<ToolResult> {
  let ended: 'cancelled' | 'timed_out' | 'output_too_large' | undefined
  let forced: NodeJS.Timeout | undefined
  const stop = (reason: typeof ended) => {
    if (ended) return
    ended = reason
    signalGroup(child, 'SIGTERM')
    forced = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
  }
  const onAbort = () => stop('cancelled')
  const wall = setTimeout(() => stop('timed_out'), run.limits.wallMs)
  run.signal?.addEventListener('abort', onAbort, { once: true })
  if (run.signal?.aborted) onAbort()
  try {
    const result = await collect(child, run.onOutput, () => stop('output_too_large'))
    throwOnStop(ended ?? stopReason(result.status))
    return result
  } finally {
    clearTimeout(wall)
    clearTimeout(forced)
    run.signal?.removeEventListener('abort', onAbort)
  }
}

function collect(
  child: ChildProcess,
  onOutput: ToolRun['onOutput'],
  onOverflow: () => void,
): Promise<ToolResult> {
  const chunks: Buffer[] = []
  let size = 0
  let stderr = ''
  child.stdin?.on('error', () => {})
  child.stdout?.on('data', (chunk: Buffer) => {
    if (onOutput) return onOutput(chunk)
    size += chunk.length
    if (size > MAX_COLLECTED) onOverflow()
    else chunks.push(chunk)
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-MAX_STDERR)
  })
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new MediaError('tools_missing', 'ffmpeg could not be started.', { cause: error })),
    )
    child.on('close', (code, signal) => {
      resolve({ status: code ?? statusOfSignal(signal), stdout: Buffer.concat(chunks), stderr })
    })
  })
}

/** A shell's convention, which bwrap follows too: 128 plus the number of the signal. */
const SIGNAL_STATUS: Partial<Record<NodeJS.Signals, number>> = { SIGKILL: 137, SIGXCPU: 152, SIGXFSZ: 153 }

function statusOfSignal(signal: NodeJS.Signals | null): number {
  return (signal && SIGNAL_STATUS[signal]) ?? 128
}

function stopReason(status: number): 'timed_out' | 'output_too_large' | undefined {
  if (status === SIGNAL_STATUS.SIGKILL || status === SIGNAL_STATUS.SIGXCPU) return 'timed_out'
  return status === SIGNAL_STATUS.SIGXFSZ ? 'output_too_large' : undefined
}

const STOP_MESSAGES = {
  cancelled: 'The work was cancelled.',
  timed_out: 'The file took longer to process than allowed.',
  output_too_large: 'The file would need more disk space than allowed.',
}

function throwOnStop(reason: keyof typeof STOP_MESSAGES | undefined): void {
  if (reason) throw new MediaError(reason, STOP_MESSAGES[reason])
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
