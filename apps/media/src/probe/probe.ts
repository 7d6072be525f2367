import { stat } from 'node:fs/promises'
import { MediaError } from '../errors.ts'
import { DEFAULT_LIMITS, type MediaLimits, probeRunLimits } from '../limits.ts'
import { type Rational, rational } from '../rational.ts'
import { runTool } from '../sandbox/run-tool.ts'
import { type Container, sniff } from '../sniff.ts'
import { isDropFrameText } from '../timecode.ts'
import type { Tools } from '../tools/tools.ts'
import { guardedInput } from '../whitelists.ts'
import { metadataBlob } from './blob.ts'
import { failureFrom, hiddenFailure } from './failure.ts'
import { decimal, type FfprobeOutput, type FfprobeStream, parseFfprobe } from './ffprobe-output.ts'
import { decideFrameRate, isInterlaced } from './frame-rate.ts'
import { displaySize, hasAlpha, isHdr, rotationOf } from './picture.ts'
import { checkPicture, checkStreams, checkTimes } from './policy.ts'
import type { AudioFacts, Probe, VideoFacts } from './probe-result.ts'
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
  const video = output.streams.find(
    (stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic,
  )
  const audio = output.streams.filter((stream) => stream.codec_type === 'audio')
  const used = [video, audio[0]].filter((stream) => stream !== undefined)
  if (used.length === 0)
    throw new MediaError('unsupported_format', 'The file holds neither picture nor sound.')
  checkStreams(output.streams, used, source)
  if (video) checkPicture(video, maxPixels)
  const timeline = video && !container.still ? await measure(reading, video) : null
  const facts = assemble(reading, output, { video, audio, timeline })
  checkTimes(facts, timeline, source)
  return { ...facts, blob: metadataBlob(facts, output) }
}

async function describeFile(reading: Reading): Promise<FfprobeOutput> {
  const firstFrame = reading.container.still ? ['-show_frames', '-read_intervals', '%+#1'] : []
  const { stdout, stderr, status } = await ffprobe(reading, [
    '-show_format',
    '-show_streams',
    ...firstFrame,
    '-of',
    'json',
  ])
  const output = status === 0 ? parseFfprobe(stdout) : null
  if (!output) throw failureFrom(stderr)
  const pictureLess = output.streams.some((stream) => stream.codec_type === 'video' && !stream.width)
  const refusal = pictureLess || output.streams.length === 0 ? hiddenFailure(stderr) : null
  if (refusal) throw refusal
  return output
}

async function measure(reading: Reading, video: FfprobeStream): Promise<Timeline> {
  const entries = ['-show_entries', 'packet=pts_time,dts_time,flags', '-of', 'csv=p=0']
  const { stdout, stderr, status } = await ffprobe(reading, [
    '-select_streams',
    String(video.index),
    ...entries,
  ])
  const timeline = readTimeline(stdout.toString())
  if (status !== 0 || timeline.packets === 0) throw failureFrom(stderr)
  return timeline
}

function ffprobe(reading: Reading, args: readonly string[]) {
  const limits = reading.options.limits ?? DEFAULT_LIMITS
  const { container, maxPixels } = reading
  return runTool(reading.options.tools, limits, {
    tool: 'ffprobe',
    mounts: { source: reading.path },
    limits: probeRunLimits(reading.size),
    signal: reading.options.signal,
    args: ({ source }) => [
      ...['-hide_banner', '-v', 'error', '-max_alloc', String(limits.source.allocationBytes)],
      ...args,
      ...guardedInput(container.demuxer, source, maxPixels, limits.source),
    ],
  })
}

type Parts = { video: FfprobeStream | undefined; audio: FfprobeStream[]; timeline: Timeline | null }

function assemble(reading: Reading, output: FfprobeOutput, parts: Parts): Omit<Probe, 'blob'> {
  const { container, size } = reading
  const video = parts.video ? videoFacts(parts.video, output, parts.timeline) : null
  const single = video !== null && (container.still || (container.name === 'gif' && video.frames === 1))
  const kind = single ? 'image' : video ? 'video' : 'audio'
  const startTimecode = kind === 'video' ? timecodeOf(output) : null
  return {
    kind,
    container: container.name,
    demuxer: container.demuxer,
    lossyEdges: container.lossyEdges,
    fileSize: size,
    duration: durationOf(kind, video, output),
    video,
    audio: kind === 'image' ? null : audioFacts(parts.audio),
    startTimecode,
    dropFrame: startTimecode !== null && isDropFrameText(startTimecode),
  }
}

function videoFacts(stream: FfprobeStream, output: FfprobeOutput, timeline: Timeline | null): VideoFacts {
  const rotation = rotationOf(stream, output)
  const pace = timeline ? decideFrameRate(stream, timeline) : null
  const rate = pace?.rate ?? rational(1, 1)
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    codedWidth: stream.width ?? 0,
    codedHeight: stream.height ?? 0,
    ...displaySize(stream, rotation),
    rotation,
    frameRate: rate,
    variableFrameRate: pace?.variable ?? false,
    frames: timeline ? framesAt(rate, timeline) : 1,
    interlaced: isInterlaced(stream),
    pixelFormat: stream.pix_fmt ?? 'unknown',
    hasAlpha: hasAlpha(stream),
    hdr: isHdr(stream),
    startSeconds: (timeline?.first ?? 0) - (decimal(output.format.start_time) ?? 0),
  }
}

/** Places from the first frame to the last at a constant rate: gaps count, as they do in every player's clock. */
function framesAt(rate: Rational, timeline: Timeline): number {
  const span = (timeline.last ?? 0) - (timeline.first ?? 0)
  return Math.round((span * rate.num) / rate.den) + 1
}

function audioFacts(streams: readonly FfprobeStream[]): AudioFacts | null {
  const [first] = streams
  if (!first) return null
  return {
    streamIndex: first.index,
    codec: first.codec_name ?? 'unknown',
    channels: first.channels ?? 0,
    sampleRate: Number(first.sample_rate ?? 0),
    tracks: streams.length,
  }
}

function durationOf(kind: Probe['kind'], video: VideoFacts | null, output: FfprobeOutput): Rational {
  if (kind === 'image') return rational(0, 1)
  const stated = decimal(output.format.duration)
  if (kind === 'video' && video) {
    const { frames, frameRate } = video
    const exact = { num: frames * frameRate.den, den: frameRate.num }
    return rational(exact.num, exact.den)
  }
  return rational(Math.round((stated ?? Number.NaN) * 1e6), 1_000_000)
}

function timecodeOf(output: FfprobeOutput): string | null {
  const tagged = [output.format, ...output.streams].map((part) => part.tags?.timecode)
  return tagged.find((text) => text && /^\d{2}[:;]\d{2}[:;]\d{2}[:;.]\d{2,3}$/.test(text)) ?? null
}
