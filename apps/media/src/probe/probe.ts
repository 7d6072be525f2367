import { stat } from 'node:fs/promises'
import { flags } from '../flags.ts'
import { DEFAULT_LIMITS, type MediaLimits, probeRunLimits } from '../limits.ts'
import { runTool } from '../sandbox/run-tool.ts'
import { type Container, sniff } from '../sniff.ts'
import type { Tools } from '../tools/tools.ts'
import { guardedInput } from '../whitelists.ts'
import { metadataBlob } from './blob.ts'
import { chooseStreams, describeMedia } from './facts.ts'
import { failureFrom, hiddenFailure } from './failure.ts'
import { decimal, type FfprobeOutput, type FfprobeStream, parseFfprobe } from './ffprobe-output.ts'
import { checkPicture, checkSpan, checkStreams, checkTimes } from './policy.ts'
import type { Probe } from './probe-result.ts'
import { readTimeline, type Timeline } from './timeline.ts'

/** What a probe needs beside the file. */
export type ProbeOptions = {
  readonly tools: Tools
  readonly limits?: MediaLimits | undefined
  readonly signal?: AbortSignal | undefined
}

type Reading = { path: string; container: Container; size: number; maxPixels: number; options: ProbeOptions }

/**
 * Learns what a file is: magic bytes, then ffprobe in its jail, then the policy. The file's name plays no part.
 * Throws `MediaError` with the reason when the file is refused; file system errors pass through as they are.
 */
export async function probe(path: string, options: ProbeOptions): Promise<Probe> {
  const { source } = options.limits ?? DEFAULT_LIMITS
  const container = await sniff(path)
  const { size } = await stat(path)
  const maxPixels = container.still ? source.stillPixels : source.videoPixels
  const reading = { path, container, size, maxPixels, options }
  const output = await describeFile(reading)
  const { video, audio } = chooseStreams(output)
  checkStreams(output.streams, video, audio[0], source)
  if (video) checkPicture(video, maxPixels)
  const timed = container.still ? undefined : (video ?? unmeasured(output, audio[0]))
  const timeline = timed ? await measure(reading, timed) : null
  if (timeline) checkSpan(timeline, source)
  const facts = describeMedia({ container, size, output, video, audio, timeline })
  checkTimes(facts, timeline, source)
  return { ...facts, blob: metadataBlob(facts, output) }
}

/** Sound is measured only where the container states no duration, as in a live recording. */
function unmeasured(output: FfprobeOutput, audio: FfprobeStream | undefined): FfprobeStream | undefined {
  return decimal(output.format.duration) === null ? audio : undefined
}

async function describeFile(reading: Reading): Promise<FfprobeOutput> {
  const firstFrame = reading.container.still ? '-show_frames -read_intervals %+#1' : ''
  const answer = await ffprobe(reading, `-show_format -show_streams ${firstFrame} -of json`)
  const { stdout, stderr, status } = answer
  const output = status === 0 ? parseFfprobe(stdout) : null
  if (!output) throw failureFrom(stderr)
  const pictureLess = output.streams.some((stream) => stream.codec_type === 'video' && !stream.width)
  const refusal = pictureLess || output.streams.length === 0 ? hiddenFailure(stderr) : null
  if (refusal) throw refusal
  return output
}

async function measure(reading: Reading, { index }: FfprobeStream): Promise<Timeline> {
  const entries = '-show_entries packet=pts_time,dts_time,flags -of csv=p=0'
  const { stdout, stderr, status } = await ffprobe(reading, `-select_streams ${index} ${entries}`)
  const timeline = readTimeline(stdout.toString())
  if (status !== 0 || timeline.packets === 0) throw failureFrom(stderr)
  return timeline
}

function ffprobe(reading: Reading, questions: string) {
  const limits = reading.options.limits ?? DEFAULT_LIMITS
  const { container, maxPixels } = reading
  return runTool(reading.options.tools, limits, {
    tool: 'ffprobe',
    mounts: { source: reading.path },
    limits: probeRunLimits(reading.size),
    signal: reading.options.signal,
    args: ({ source }) => [
      ...flags(`-hide_banner -v error -max_alloc ${limits.source.allocationBytes} ${questions}`),
      ...guardedInput(container.demuxer, source, maxPixels, limits.source),
    ],
  })
}
