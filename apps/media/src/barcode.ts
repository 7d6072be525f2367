/**
 * The frame number that demo clips carry in their pixels. Pure and without imports: browser tests use it as it is.
 *
 * A strip along the bottom edge, `STRIP` of the picture's height, is cut into `CELLS` equal cells, black or white:
 * white, black, sixteen bits of the frame number (highest first), an odd-parity bit, white.
 */

/** Cells across the strip. */
export const BARCODE_CELLS = 20
/** Height of the strip as a share of the picture's height. */
export const BARCODE_STRIP = 1 / 18
/** Bits of the frame number, in cells 2 to 17. */
export const BARCODE_BITS = 16
/** Frame numbers count modulo this. */
export const BARCODE_MODULUS = 2 ** BARCODE_BITS

/** Brightness (0 to 255) of the picture at a point; both coordinates run from 0 (left, top) to 1. */
export type PixelSampler = (x: number, y: number) => number

/**
 * Reads the frame number from a picture; null when there is no readable strip: a guard cell is wrong, a cell is
 * neither black nor white, or the parity doesn't hold.
 */
export function readFrameBarcode(sample: PixelSampler): number | null {
  const cells = Array.from({ length: BARCODE_CELLS }, (_, cell) =>
    readCell(sample((cell + 0.5) / BARCODE_CELLS, 1 - BARCODE_STRIP / 2)),
  )
  if (cells.includes(null)) return null
  const bits = cells as number[]
  if (bits[0] !== 1 || bits[1] !== 0 || bits[BARCODE_CELLS - 1] !== 1) return null
  const data = bits.slice(2, 2 + BARCODE_BITS)
  const ones = data.reduce((sum, bit) => sum + bit, 0) + (bits[2 + BARCODE_BITS] ?? 0)
  if (ones % 2 !== 1) return null
  return data.reduce((value, bit) => value * 2 + bit, 0)
}

function readCell(brightness: number): 0 | 1 | null {
  if (brightness >= 160) return 1
  return brightness <= 95 ? 0 : null
}
