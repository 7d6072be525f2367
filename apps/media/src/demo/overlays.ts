import { BARCODE_BITS, BARCODE_CELLS, BARCODE_STRIP } from '../barcode.ts'

/** A 3×5 pixel font, so that a frame number can be burnt in on a machine without fonts: fifteen bits a digit. */
const GLYPHS = [31599, 11415, 29671, 29647, 23497, 31183, 31215, 29257, 31727, 31695]
const DIGITS = 6
/** Font cells of the number's panel: digits with a gap each, one cell of margin around. */
const PANEL = { width: DIGITS * 4 + 1, height: 7 }

/**
 * Filter chain that turns a black source of `numberCanvas` size into the frame number, six digits. The expression
 * keeps nothing in `st()` registers: the 2018 build shares those between its threads.
 */
export function numberFilter(pictureHeight: number): string {
  const pixel = Math.max(2, Math.round(pictureHeight / 90))
  const digit = `mod(floor(N/pow(10,${DIGITS - 1}-floor((X-1)/4))),10)`
  const mask = 'pow(2,14-((Y-1)*3+mod(X-1,4)))'
  const lit = GLYPHS.map((bits, value) => `eq(${digit},${value})*mod(floor(${bits}/${mask}),2)`).join('+')
  const inGlyph = 'between(Y,1,5)*gte(X,1)*lt(mod(X-1,4),3)'
  const size = `${PANEL.width * pixel}:${PANEL.height * pixel}`
  return `${drawn(`if(${inGlyph},${lit},0)`)},scale=${size}:flags=neighbor`
}

/** Filter chain that turns a black source of `barcodeCanvas` size into the strip that `readFrameBarcode` reads. */
export function barcodeFilter(picture: { width: number; height: number }): string {
  const bitAt = (position: string) => `mod(floor(N/pow(2,${position})),2)`
  const ones = Array.from({ length: BARCODE_BITS }, (_, position) => bitAt(String(position))).join('+')
  const parityCell = 2 + BARCODE_BITS
  const cell = [
    `eq(X,0)+eq(X,${BARCODE_CELLS - 1})`,
    `between(X,2,${parityCell - 1})*${bitAt(`${parityCell - 1}-X`)}`,
    `eq(X,${parityCell})*(1-mod(${ones},2))`,
  ].join('+')
  const height = 2 * Math.round((picture.height * BARCODE_STRIP) / 2)
  return `${drawn(cell)},scale=${picture.width}:${height}:flags=neighbor`
}

/** Sizes of the black sources, one pixel a cell. */
export const numberCanvas = `${PANEL.width}x${PANEL.height}`
/** One row of cells would do; two keep every scaler happy. */
export const barcodeCanvas = `${BARCODE_CELLS}x2`

function drawn(lit: string): string {
  return `format=yuv444p,geq=lum='16+219*(${lit})':cb=128:cr=128`
}
