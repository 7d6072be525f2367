import { arrowHead, type Shape } from './shapes.ts'

/**
 * Shapes are drawn on a picture that counts as this many pixels wide, whatever its size on screen, so that a stroke
 * keeps its weight against the picture.
 */
export const CANVAS_WIDTH = 1280

interface ShapeViewProps {
  shape: Shape
  height: number
}

export function ShapeView({ shape, height }: ShapeViewProps) {
  const width = CANVAS_WIDTH
  const stroke = {
    fill: 'none',
    stroke: shape.color,
    strokeWidth: shape.size,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const
  switch (shape.tool) {
    case 'rect':
      return (
        <rect
          {...stroke}
          x={shape.x * width}
          y={shape.y * height}
          width={shape.w * width}
          height={shape.h * height}
        />
      )
    case 'line':
      return (
        <line
          {...stroke}
          x1={shape.x1 * width}
          y1={shape.y1 * height}
          x2={shape.x2 * width}
          y2={shape.y2 * height}
        />
      )
    case 'pen':
      return (
        <polyline
          {...stroke}
          points={shape.xs.map((x, i) => `${x * width},${(shape.ys[i] ?? 0) * height}`).join(' ')}
        />
      )
    case 'arrow': {
      const [left, right] = arrowHead(shape, width, height)
      const [tipX, tipY] = [(shape.x + shape.w) * width, (shape.y + shape.h) * height]
      const shaft = `M${shape.x * width} ${shape.y * height}L${tipX} ${tipY}`
      return <path {...stroke} d={`${shaft}M${left.x} ${left.y}L${tipX} ${tipY}L${right.x} ${right.y}`} />
    }
  }
}
