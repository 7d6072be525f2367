import './drawing.css'
import { type PointerEvent, useState } from 'react'
import { CANVAS_WIDTH, ShapeView } from './shape-view.tsx'
import { dragShape, extendPen, isSpeck, type Point, type Shape } from './shapes.ts'
import type { Sketch, SketchAction } from './sketch.ts'

interface DrawingLayerProps {
  /** Width by height of the picture below. */
  ratio: number
  /** What is shown beside the sketch: the drawing of the selected comment. */
  shown: readonly Shape[]
  sketch: Sketch
  dispatch(action: SketchAction): void
}

/** Lies over the picture, exactly: shows drawings and takes new strokes while a tool is in hand. */
export function DrawingLayer({ ratio, shown, sketch, dispatch }: DrawingLayerProps) {
  const [drag, setDrag] = useState<{ from: Point; shape: Shape } | null>(null)
  const height = CANVAS_WIDTH / ratio
  const { tool, color } = sketch

  function start(event: PointerEvent<SVGSVGElement>) {
    if (!tool || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const from = pointOf(event)
    setDrag({ from, shape: dragShape(tool, from, from, { color, size: 5 }) })
  }

  function move(event: PointerEvent<SVGSVGElement>) {
    if (!drag) return
    const to = pointOf(event)
    const { shape, from } = drag
    const next = shape.tool === 'pen' ? extendPen(shape, to) : dragShape(shape.tool, from, to, shape)
    setDrag({ from, shape: next })
  }

  function end() {
    if (drag && !isSpeck(drag.shape)) dispatch({ type: 'add', shape: drag.shape })
    setDrag(null)
  }

  const shapes = [...shown, ...sketch.shapes, ...(drag ? [drag.shape] : [])]
  return (
    <svg
      className={`drawing ${tool ? 'active' : ''}`}
      viewBox={`0 0 ${CANVAS_WIDTH} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={shapes.length > 0 ? 'Drawing on the frame' : 'No drawing'}
      data-shapes={shapes.length}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      <g>
        {shapes.map((shape, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing is a list, its shapes have no other identity
          <ShapeView key={index} shape={shape} height={height} />
        ))}
      </g>
    </svg>
  )
}

function pointOf(event: PointerEvent<SVGSVGElement>): Point {
  const box = event.currentTarget.getBoundingClientRect()
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
}
