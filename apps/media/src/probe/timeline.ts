/** When the frames of a video stream are shown, measured from its packets. Times in seconds. */
export type Timeline = {
  /** Packets that carry a frame to show. */
  readonly packets: number
  /** Time of the first and last frame; null without packets. */
  readonly first: number | null
  readonly last: number | null
  /** Distances between neighbours, in order of display. */
  readonly intervals: readonly number[]
  /** Median distance; null with fewer than two frames. */
  readonly typicalInterval: number | null
}

/**
 * Reads `ffprobe -show_entries packet=pts_time,dts_time,flags -of csv=p=0`. Packets that an edit list throws away
 * (flag `D`) don't count; containers without display times (AVI) count by decoding time.
 */
export function readTimeline(csv: string): Timeline {
  const times = csv
    .split('\n')
    .map(frameTime)
    .filter((time) => time !== null)
  const ordered = Float64Array.from(times).sort()
  const intervals = Array.from(ordered.subarray(1), (time, index) => time - (ordered[index] ?? time))
  return {
    packets: ordered.length,
    first: ordered.at(0) ?? null,
    last: ordered.at(-1) ?? null,
    intervals,
    typicalInterval: median(intervals.filter((interval) => interval > 0)),
  }
}

function frameTime(line: string): number | null {
  const [pts = '', dts = '', flags = ''] = line.trim().split(',')
  if (flags.includes('D')) return null
  const time = Number.parseFloat(pts === 'N/A' ? dts : pts)
  return Number.isFinite(time) ? time : null
}

function median(values: readonly number[]): number | null {
  const ordered = Float64Array.from(values).sort()
  return ordered.at(ordered.length >> 1) ?? null
}
