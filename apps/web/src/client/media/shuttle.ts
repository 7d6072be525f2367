import type { TimecodeRate } from '@rushes/media/timecode'

const SPEEDS = [1, 2, 4, 8]

/** The speed after one more press: 1, 2, 4, 8 in one direction; the other key starts over at 1 its own way. */
export function nextShuttle(current: number, direction: 1 | -1): number {
  if (Math.sign(current) !== direction) return direction
  const faster = SPEEDS.find((speed) => speed > Math.abs(current)) ?? Math.abs(current)
  return direction * faster
}

/**
 * Plays backwards from `from` at `speed` by seeking, because browsers have no negative playback rate. Frames are
 * skipped when seeking is slower than that. Calls `done` at frame 0; the answer stops it.
 */
export function startReverse(
  from: number,
  speed: number,
  rate: TimecodeRate,
  go: (frame: number) => void,
  done: () => void,
): () => void {
  const began = performance.now()
  let request = requestAnimationFrame(function tick(now) {
    const passed = Math.floor((((now - began) / 1000) * speed * rate.num) / rate.den)
    go(Math.max(0, from - passed))
    if (passed >= from) return done()
    request = requestAnimationFrame(tick)
  })
  return () => cancelAnimationFrame(request)
}
