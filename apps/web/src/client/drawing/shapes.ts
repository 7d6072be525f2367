/**
 * Drawings on a frame, in the shapes of V2's `annotation` (v2 section 7.3): fractions 0 to 1 of the picture, origin
 * top left, y down; `size` is the stroke in pixels.
 */
interface Stroke {
  color: string
  size: number
}
export type Arrow = Stroke & { tool: 'arrow'; x: number; y: number; w: number; h: number }
export type Rect = Stroke & { tool: 'rect'; x: number; y: number; w: number; h: number }
export type Line = Stroke & { tool: 'line'; x1: number; y1: number; x2: number; y2: number }
export type Pen = Stroke & { tool: 'pen'; xs: number[]; ys: number[] }
export type Shape = Arrow | Rect | Line | Pen
export type Tool = Shape['tool']

export interface Point {
  x: number
  y: number
}

/** A shape drawn from one point to another; a pen begins as its two points. */
export function dragShape(tool: Tool, from: Point, to: Point, { color, size }: Stroke): Shape {
  const [a, b] = [inside(from), inside(to)]
  const stroke: Stroke = { color, size }
  switch (tool) {
    case 'arrow':
      return { tool, ...stroke, x: a.x, y: a.y, w: digits(b.x - a.x), h: digits(b.y - a.y) }
    case 'rect': {
      const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
      return { tool, ...stroke, x, y, w: digits(Math.abs(b.x - a.x)), h: digits(Math.abs(b.y - a.y)) }
    }
    case 'line':
      return { tool, ...stroke, x1: a.x, y1: a.y, x2: b.x, y2: b.y }
    case 'pen':
      return { tool, ...stroke, xs: [a.x, b.x], ys: [a.y, b.y] }
  }
}

/** The pen's line with one more point at its end. */
export function extendPen(pen: Pen, to: Point): Pen {
  const point = inside(to)
  return { ...pen, xs: [...pen.xs, point.x], ys: [...pen.ys, point.y] }
}

/** Whether a shape is too small to have been meant: a click rather than a drag. */
export function isSpeck(shape: Shape): boolean {
  const { width, height } = boundsOf(shape)
  return Math.hypot(width, height) < 0.006
}

/** The box around a shape, in fractions of the picture. */
export function boundsOf(shape: Shape): { x: number; y: number; width: number; height: number } {
  const [xs, ys] = pointsOf(shape)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

function pointsOf(shape: Shape): [number[], number[]] {
  switch (shape.tool) {
    case 'arrow':
    case 'rect':
      return [
        [shape.x, shape.x + shape.w],
        [shape.y, shape.y + shape.h],
      ]
    case 'line':
      return [
        [shape.x1, shape.x2],
        [shape.y1, shape.y2],
      ]
    case 'pen':
      return [shape.xs, shape.ys]
  }
}

/** The two barbs of an arrow's head in pixels, for a picture of `width` by `height`. */
export function arrowHead(arrow: Arrow, width: number, height: number): [Point, Point] {
  const [dx, dy] = [arrow.w * width, arrow.h * height]
  const tip = { x: (arrow.x + arrow.w) * width, y: (arrow.y + arrow.h) * height }
  const length = Math.min(Math.hypot(dx, dy), 10 + arrow.size * 2.5)
  const back = Math.atan2(dy, dx) + Math.PI
  const barb = (turn: number): Point => ({
    x: tip.x + length * Math.cos(back + turn),
    y: tip.y + length * Math.sin(back + turn),
  })
  return [barb(-0.5), barb(0.5)]
}

function inside({ x, y }: Point): Point {
  return { x: digits(Math.min(1, Math.max(0, x))), y: digits(Math.min(1, Math.max(0, y))) }
}

/** Five digits are finer than a pixel of an 8K picture and keep a long pen line short on the wire. */
function digits(value: number): number {
  return Math.round(value * 1e5) / 1e5
}
