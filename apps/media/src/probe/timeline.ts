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
 * (flag `D`) don't count. Where no packet has a time of display (old AVI) those of decoding stand in; where only some
 * lack one (MPEG program streams) the others suffice.
 */
export function readTimeline(csv: string): Timeline {
  const packets = csv
    .split('\n')
    .map(readPacket)
    .filter((packet) => packet !== null)
  const shown = packets.map(({ pts }) => pts).filter(Number.isFinite)
  const times = shown.length > 0 ? shown : packets.map(({ dts }) => dts).filter(Number.isFinite)
  const ordered = Float64Array.from(times).sort()
  const intervals = Array.from(ordered.subarray(1), (time, index) => time - (ordered[index] ?? time))
  return {
    packets: packets.length,
    first: ordered.at(0) ?? null,
    last: ordered.at(-1) ?? null,
    intervals,
    typicalInterval: median(intervals.filter((interval) => interval > 0)),
  }
}

function readPacket(line: string): { pts: number; dts: number } | null {
  const [pts = '', dts, flags] = line.trim().split(',')
  if (flags === undefined || flags.includes('D')) return null
  return { pts: Number.parseFloat(pts), dts: Number.parseFloat(dts ?? '') }
}

function median(values: readonly number[]): number | null {
  const ordered = Float64Array.from(values).sort()
  return ordered.at(ordered.length >> 1) ?? null
}
