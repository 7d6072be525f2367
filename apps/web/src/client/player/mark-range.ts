import type { FrameClock } from '../media/frames.ts'
import type { Range } from '../media/transport.ts'

/** Sets the in point; without an out point after it, the range reaches a second on, or to the end. */
export function markIn(range: Range | null, frame: number, clock: FrameClock): Range {
  if (range && range.out >= frame) return { in: frame, out: range.out }
  const second = Math.round(clock.rate.num / clock.rate.den)
  return { in: frame, out: Math.min(clock.count - 1, frame + second) }
}

/** Sets the out point; without an in point before it, the range begins at the start. */
export function markOut(range: Range | null, frame: number): Range {
  return { in: range && range.in <= frame ? range.in : 0, out: frame }
}
