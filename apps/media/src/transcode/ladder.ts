/** One H.264 rendition to make. */
export type Rung = {
  /** V2's name of it, also the file name's stem. */
  readonly field: string
  /** Short name used in HLS file names. */
  readonly label: string
  readonly width: number
  readonly height: number
  /** Ceiling of the bit rate, bits a second; quality decides below it. */
  readonly maxBitrate: number
}

const STEPS = [
  { field: 'h264_360', height: 360, maxBitrate: 1_500_000 },
  { field: 'h264_540', height: 540, maxBitrate: 3_000_000 },
  { field: 'h264_720', height: 720, maxBitrate: 6_000_000 },
  { field: 'h264_1080_best', height: 1080, maxBitrate: 12_000_000 },
] as const

/**
 * The renditions of a picture as displayed: 360, 540, 720 and 1080 lines, never above the source. A source of fewer
 * than 360 lines gets one, at its own size and under the smallest name. Sizes are even; the aspect is kept.
 */
export function ladder(displayed: { width: number; height: number }): Rung[] {
  const fitting = STEPS.filter((step) => step.height <= displayed.height)
  const steps = fitting.length > 0 ? fitting : [{ ...STEPS[0], height: displayed.height }]
  return steps.map(({ field, height, maxBitrate }) => ({
    field,
    label: field.replace(/^h264_|_best$/g, ''),
    ...scaledTo(displayed, height),
    maxBitrate,
  }))
}

/** The size at a given height, both sides even, as H.264 in 4:2:0 needs. Never larger than asked. */
export function scaledTo(
  size: { width: number; height: number },
  height: number,
): { width: number; height: number } {
  return { width: even((size.width * height) / size.height), height: even(height) }
}

/** The largest size inside a box, never enlarged, both sides even. */
export function fitInside(size: { width: number; height: number }, box: { width: number; height: number }) {
  const scale = Math.min(1, box.width / size.width, box.height / size.height)
  return { width: even(size.width * scale), height: even(size.height * scale) }
}

function even(value: number): number {
  return Math.max(2, 2 * Math.floor(Math.round(value) / 2))
}
