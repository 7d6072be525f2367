import { MediaError } from '../errors.ts'
import { type Rational, rational } from '../rational.ts'
import type { Container } from '../sniff.ts'
import { isDropFrameText } from '../timecode.ts'
import { decimal, type FfprobeOutput, type FfprobeStream } from './ffprobe-output.ts'
import { decideFrameRate, isInterlaced } from './frame-rate.ts'
import { displaySize, hasAlpha, isHdr, rotationOf } from './picture.ts'
import type { AudioFacts, Probe, VideoFacts } from './probe-result.ts'
import type { Timeline } from './timeline.ts'

/** All that was read from a file, before it is understood. */
export type Findings = {
  readonly container: Container
  readonly size: number
  readonly output: FfprobeOutput
  readonly video: FfprobeStream | undefined
  readonly audio: readonly FfprobeStream[]
  readonly timeline: Timeline | null
}

/** The picture and the sound that count: the first video stream that is no cover art, and every audio stream. */
export function chooseStreams({ streams }: FfprobeOutput): Pick<Findings, 'video' | 'audio'> {
  return {
    video: streams.find((stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic),
    audio: streams.filter((stream) => stream.codec_type === 'audio'),
  }
}

/** Makes sense of the findings. Throws `MediaError('corrupt')` when no duration can be had. */
export function describeMedia(findings: Findings): Omit<Probe, 'blob'> {
  const { container, size, output, timeline } = findings
  const picture = findings.video ? videoFacts(findings.video, output, timeline) : null
  const kind = kindOf(picture, findings)
  const video = kind === 'audio' ? null : picture
  const startTimecode = kind === 'video' ? timecodeOf(output) : null
  return {
    kind,
    container: container.name,
    demuxer: container.demuxer,
    lossyEdges: container.lossyEdges,
    fileSize: size,
    duration: durationOf(kind, video, output, timeline),
    video,
    audio: kind === 'image' ? null : audioFacts(findings.audio),
    startTimecode,
    dropFrame: startTimecode !== null && isDropFrameText(startTimecode),
  }
}

/** One frame is a still, whatever it came in; one frame with sound is sound with a cover. */
function kindOf(picture: VideoFacts | null, { container, audio }: Findings): Probe['kind'] {
  if (!picture) return 'audio'
  if (container.still) return 'image'
  if (picture.frames > 1) return 'video'
  return audio.length > 0 ? 'audio' : 'image'
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

/** A live recording states no duration; its packets then do. */
function durationOf(
  kind: Probe['kind'],
  video: VideoFacts | null,
  output: FfprobeOutput,
  timeline: Timeline | null,
): Rational {
  if (kind === 'image') return rational(0, 1)
  if (kind === 'video' && video) return rational(video.frames * video.frameRate.den, video.frameRate.num)
  const seconds = decimal(output.format.duration) ?? timeline?.last ?? Number.NaN
  const microseconds = Math.round(seconds * 1e6)
  if (!Number.isSafeInteger(microseconds))
    throw new MediaError('corrupt', 'The file states no usable duration.')
  return rational(microseconds, 1_000_000)
}

function timecodeOf(output: FfprobeOutput): string | null {
  const tagged = [output.format, ...output.streams].map((part) => part.tags?.timecode)
  return tagged.find((text) => text && /^\d{2}[:;]\d{2}[:;]\d{2}[:;.]\d{2,3}$/.test(text)) ?? null
}
