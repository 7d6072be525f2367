import { MediaError } from '../errors.ts'
import type { SourceLimits } from '../limits.ts'
import { toNumber } from '../rational.ts'
import { isAllowedCodec } from '../whitelists.ts'
import type { FfprobeStream } from './ffprobe-output.ts'
import type { Probe } from './probe-result.ts'
import type { Timeline } from './timeline.ts'

/** A file may leave a gap between frames, but not be nearly all gap: that is a bomb, not a film. */
const MAX_SLOTS_PER_PACKET = 100
const FREE_SLOTS = 10_000

/** Refuses files of too many tracks, of none that counts, and of codecs we don't open. Throws `MediaError`. */
export function checkStreams(
  all: readonly FfprobeStream[],
  video: FfprobeStream | undefined,
  audio: FfprobeStream | undefined,
  limits: SourceLimits,
): void {
  if (all.length > limits.streams) {
    throw new MediaError('too_many_streams', 'The file holds more tracks than we accept.')
  }
  const used = [video, audio].filter((stream) => stream !== undefined)
  if (used.length === 0)
    throw new MediaError('unsupported_format', 'The file holds neither picture nor sound.')
  for (const { codec_name: codec = 'unknown' } of used) {
    if (!isAllowedCodec(codec))
      throw new MediaError('unsupported_codec', `The codec ${codec} is not accepted.`)
  }
}

/** Refuses pictures that are empty (ffprobe's way of refusing) or over the limit. Throws `MediaError`. */
export function checkPicture(stream: FfprobeStream, maxPixels: number): void {
  const pixels = (stream.width ?? 0) * (stream.height ?? 0)
  if (pixels === 0) throw new MediaError('corrupt', 'The file states no picture size.')
  if (pixels > maxPixels) throw new MediaError('too_large', 'The picture is larger than we accept.')
}

/** Refuses a timeline longer than the limit, before arithmetic on it could lose exactness. */
export function checkSpan(timeline: Timeline, limits: SourceLimits): void {
  const span = (timeline.last ?? 0) - (timeline.first ?? 0)
  if (span > limits.seconds) throw new MediaError('too_long', 'The file is longer than we accept.')
}

/** Refuses lengths and rates beyond the limits, and files whose stated length their frames don't bear out. */
export function checkTimes(
  probe: Pick<Probe, 'duration' | 'video' | 'kind'>,
  timeline: Timeline | null,
  limits: SourceLimits,
): void {
  const seconds = toNumber(probe.duration)
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new MediaError('corrupt', 'The file states no usable duration.')
  if (seconds > limits.seconds) throw new MediaError('too_long', 'The file is longer than we accept.')
  if (probe.kind !== 'video' || !probe.video || !timeline) return
  if (toNumber(probe.video.frameRate) > limits.framesPerSecond) {
    throw new MediaError('unsupported_frame_rate', 'The frame rate is higher than we accept.')
  }
  if (probe.video.frames > FREE_SLOTS + timeline.packets * MAX_SLOTS_PER_PACKET) {
    throw new MediaError(
      'corrupt',
      `The file claims ${probe.video.frames} frames and holds ${timeline.packets}.`,
    )
  }
}
