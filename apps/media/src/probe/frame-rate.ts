import { parseRational, type Rational, rational, toNumber } from '../rational.ts'
import type { FfprobeStream } from './ffprobe-output.ts'
import type { Timeline } from './timeline.ts'

/** Rates that cameras and editors use; a measured rate near one of them is that one. */
const STANDARD_RATES: readonly Rational[] = [
  ...[24000, 30000, 48000, 60000, 120000].map((num) => rational(num, 1001)),
  ...[12, 15, 24, 25, 30, 48, 50, 60, 72, 90, 96, 100, 120, 240].map((num) => rational(num, 1)),
]

/** Slightly unequal intervals are rounding of a coarse clock; a lost frame is an accident; more is a variable rate. */
const IRREGULAR_SHARE = 0.01
const ACCIDENTS = 2

/** The exact rate of a stream and whether its frames really come at it. */
export type FrameRate = { readonly rate: Rational; readonly variable: boolean }

/**
 * Decides the constant rate that numbers the frames. What the container declares is believed when the packets agree
 * with it; else the usual distance between frames decides, and the rate is variable when distances differ.
 * Null when there is nothing to measure.
 */
export function decideFrameRate(stream: FfprobeStream, timeline: Timeline): FrameRate | null {
  const declared = declaredRate(stream)
  const typical = timeline.typicalInterval
  if (typical === null) return declared && { rate: declared, variable: false }
  const measured = nearestStandard(1 / typical) ?? roundedRate(1 / typical)
  const rate = declared && agrees(declared, 1 / typical, tolerance(stream, typical)) ? declared : measured
  return { rate, variable: isIrregular(timeline, 1 / toNumber(rate), stream) }
}

/** The nearest standard rate within 0.5 %, preferring an exact hit: 29.97 reads as 30000/1001, 30.0 as 30. */
export function nearestStandard(framesPerSecond: number): Rational | null {
  const distance = (rate: Rational) => Math.abs(toNumber(rate) - framesPerSecond) / framesPerSecond
  const [best] = STANDARD_RATES.toSorted((a, b) => distance(a) - distance(b))
  return best && distance(best) < 0.005 ? best : null
}

function declaredRate(stream: FfprobeStream): Rational | null {
  const interlaced = isInterlaced(stream)
  const base = parseRational(stream.r_frame_rate)
  const average = parseRational(stream.avg_frame_rate)
  const [first, second] = interlaced ? [average, base] : [base, average]
  const rate = first && first.num > 0 ? first : second
  return rate && rate.num > 0 ? rate : null
}

/** True for interlaced material, whose declared base rate counts fields. */
export function isInterlaced(stream: FfprobeStream): boolean {
  return ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? '')
}

function agrees(declared: Rational, framesPerSecond: number, allowed: number): boolean {
  return Math.abs(1 / toNumber(declared) - 1 / framesPerSecond) <= allowed
}

/** Containers keep times in whole ticks (a millisecond in Matroska), so an interval may be off by a tick or two. */
function tolerance(stream: FfprobeStream, interval: number): number {
  const tick = toNumber(parseRational(stream.time_base) ?? { num: 1, den: 1000 })
  return Math.min(interval / 4, Math.max(tick * 1.5, interval * 0.002))
}

function isIrregular({ intervals }: Timeline, interval: number, stream: FfprobeStream): boolean {
  const allowed = Math.max(tolerance(stream, interval), interval * 0.05)
  const irregular = intervals.filter((value) => Math.abs(value - interval) > allowed).length
  return irregular > Math.max(ACCIDENTS, intervals.length * IRREGULAR_SHARE)
}

function roundedRate(framesPerSecond: number): Rational {
  return rational(Math.max(1, Math.round(framesPerSecond * 1000)), 1000)
}
