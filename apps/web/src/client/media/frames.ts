import {
  canDropFrames,
  frameToTimecode,
  type TimecodeFormat,
  type TimecodeRate,
  timebase,
  timecodeFormat,
} from '@rushes/media/timecode'
import type { Asset } from '../wire/types.ts'

/** How the frames of an asset are counted. `count` is never 0 for something that plays. */
export interface FrameClock {
  rate: TimecodeRate
  count: number
  format: TimecodeFormat
}

/** Audio has no frames; its comments are placed on this grid, so that `timestamp` stays an integer. */
const AUDIO_RATE: TimecodeRate = { num: 30, den: 1 }

/** The clock of a stream; null for stills, documents and what hasn't been probed yet. */
export function clockOf(asset: Asset): FrameClock | null {
  if (asset.asset_type !== 'stream') return null
  const extras = asset.rushes
  const rate = extras?.fps_num && extras.fps_den ? { num: extras.fps_num, den: extras.fps_den } : AUDIO_RATE
  const byDuration = Math.round(((asset.duration ?? 0) * rate.num) / rate.den)
  const count = Math.max(1, asset.frames || byDuration)
  return { rate, count, format: formatOf(rate, extras?.start_timecode ?? null, extras?.drop_frame ?? false) }
}

function formatOf(rate: TimecodeRate, start: string | null, dropFrame: boolean): TimecodeFormat {
  return timecodeFormat(rate, start) ?? { rate, dropFrame: dropFrame && canDropFrames(rate), startFrame: 0 }
}

/** Where to seek to show `frame`: the middle of its time, in seconds, so that rounding can't reach a neighbour. */
export function seekTime(frame: number, rate: TimecodeRate): number {
  return ((frame + 0.5) * rate.den) / rate.num
}

/**
 * The frame on screen at a media time in seconds, be it a presentation timestamp (`n / fps`) or a point inside the
 * frame: both round to the same number.
 */
export function frameAt(seconds: number, rate: TimecodeRate): number {
  return Math.max(0, Math.floor((seconds * rate.num) / rate.den + 0.45))
}

export function clampFrame(frame: number, clock: FrameClock): number {
  return Math.min(clock.count - 1, Math.max(0, Math.round(frame)))
}

/** Minutes and seconds of a frame, `m:ss` or `h:mm:ss`; whole seconds only. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const tail = `${h > 0 ? String(m).padStart(2, '0') : m}:${String(s).padStart(2, '0')}`
  return h > 0 ? `${h}:${tail}` : tail
}

/** From and to as timecodes, the second without the fields it shares with the first: `01:00:08:13 – 11:03`. */
export function rangeText(from: number, to: number, format: TimecodeFormat): string {
  const start = frameToTimecode(from, format)
  const end = frameToTimecode(to, format)
  let shared = 0
  for (let at = 0; at < end.length && end[at] === start[at]; at++)
    if (/[:;]/.test(end[at] ?? '')) shared = at + 1
  return `${start} – ${end.slice(Math.min(shared, end.length - 5))}`
}

/** `23.976 fps`, `29.97 fps DF`, `25 fps`: how an editor names the rate. */
export function rateText(format: TimecodeFormat): string {
  const fps = format.rate.num / format.rate.den
  const text = Number.isInteger(fps) ? String(fps) : fps.toFixed(timebase(format.rate) === 24 ? 3 : 2)
  return `${text} fps${format.dropFrame ? ' DF' : ''}`
}
