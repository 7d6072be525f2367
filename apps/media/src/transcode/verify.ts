import { join } from 'node:path'
import { MediaError } from '../errors.ts'
import { probeRunLimits } from '../limits.ts'
import { failureFrom } from '../probe/failure.ts'
import type { FfprobeStream } from '../probe/ffprobe-output.ts'
import { parseFfprobe } from '../probe/ffprobe-output.ts'
import type { Probe } from '../probe/probe-result.ts'
import { formatRational, toNumber } from '../rational.ts'
import { runTool } from '../sandbox/run-tool.ts'
import { ownInput } from '../whitelists.ts'
import { gopFrames, hlsNames } from './encode.ts'
import type { Job } from './job.ts'
import type { Rung } from './ladder.ts'

/** What a second look at a finished rendition found. */
export type Verified = {
  readonly rung: Rung
  readonly frames: number
  readonly profile: string
  readonly level: number
}

/**
 * Reads every rendition back, both packagings, and holds it against the source: size, exact rate and number of
 * frames. Throws `MediaError('frame_mismatch')`.
 *
 * The rule for frames: all files agree with each other, and with the source exactly; a source of variable rate may
 * differ by 1 % + 2 (its last frame has no stated length), a broadcast stream by a second at its cut edges.
 */
export async function verify(job: Job, rungs: readonly Rung[]): Promise<Verified[]> {
  const found = await Promise.all(
    rungs.map(async (rung) => {
      const streams = [await look(job, hlsNames(rung.label).media), await look(job, `${rung.field}.mp4`)]
      for (const stream of streams) checkShape(stream, rung, job.probe)
      return { rung, counts: streams.map(frameCount), stream: streams[0] }
    }),
  )
  const counts = new Set(found.flatMap((rendition) => rendition.counts))
  const [frames = 0] = counts
  if (counts.size !== 1 || Math.abs(frames - expectedFrames(job.probe)) > tolerance(job.probe)) {
    const message = `Renditions hold ${[...counts].join(', ')} frames, the source ${expectedFrames(job.probe)}.`
    throw new MediaError('frame_mismatch', message)
  }
  return found.map(({ rung, stream }) => ({
    rung,
    frames,
    profile: stream?.profile ?? '',
    level: stream?.level ?? 0,
  }))
}

async function look(job: Job, name: string): Promise<FfprobeStream> {
  const { stdout, stderr, status } = await runTool(job.tools, job.limits, {
    tool: 'ffprobe',
    mounts: { work: job.work },
    limits: probeRunLimits(job.probe.fileSize),
    signal: job.signal,
    args: ({ work }) => [
      ...['-v', 'error', '-select_streams', 'v:0', '-count_packets', '-show_streams', '-of', 'json'],
      ...ownInput(join(work, name)),
    ],
  })
  const stream = status === 0 ? parseFfprobe(stdout)?.streams[0] : undefined
  if (!stream) throw failureFrom(stderr)
  return stream
}

function checkShape(stream: FfprobeStream, rung: Rung, probe: Probe): void {
  const rate = probe.video ? formatRational(probe.video.frameRate) : ''
  const sameSize = stream.width === rung.width && stream.height === rung.height
  if (!sameSize || !statesRate(stream, rate)) {
    const found = `${stream.width}x${stream.height} at ${stream.r_frame_rate}`
    throw new MediaError(
      'frame_mismatch',
      `${rung.field} came out as ${found}, not ${rung.width}x${rung.height} at ${rate}.`,
    )
  }
}

/** ffprobe guesses the base rate from few frames and the average from the last one's length; one of them is right. */
function statesRate(stream: FfprobeStream, rate: string): boolean {
  return frameCount(stream) < 2 || [stream.r_frame_rate, stream.avg_frame_rate].includes(rate)
}

function frameCount(stream: FfprobeStream): number {
  return Number(stream.nb_read_packets ?? 0)
}

function expectedFrames(probe: Probe): number {
  return probe.video?.frames ?? 0
}

function tolerance(probe: Probe): number {
  if (probe.lossyEdges && probe.video) return gopFrames(probe.video.frameRate)
  return probe.video?.variableFrameRate ? 2 + Math.ceil(probe.video.frames / 100) : 0
}

/** Average bits a second of a file over the length of the media. */
export function bitRate(size: number, probe: Probe): number {
  return Math.ceil((size * 8) / Math.max(0.001, toNumber(probe.duration)))
}
