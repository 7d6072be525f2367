import type { Shape, Tool } from './shapes.ts'

/** A drawing in the making: undone shapes wait in `undone` until something new is drawn. */
export interface Sketch {
  shapes: readonly Shape[]
  undone: readonly Shape[]
  /** The tool in hand; null while not drawing. */
  tool: Tool | null
  color: string
}

export type SketchAction =
  | { type: 'take'; tool: Tool | null }
  | { type: 'color'; color: string }
  | { type: 'add'; shape: Shape }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'clear' }

export const SKETCH_COLORS = ['#F22237', '#FFB340', '#FFF04D', '#34C759', '#3D9BFF', '#FFFFFF']

export const emptySketch: Sketch = { shapes: [], undone: [], tool: null, color: '#F22237' }

export function sketchReducer(sketch: Sketch, action: SketchAction): Sketch {
  const { shapes, undone } = sketch
  switch (action.type) {
    case 'take':
      return { ...sketch, tool: action.tool }
    case 'color':
      return { ...sketch, color: action.color }
    case 'add':
      return { ...sketch, shapes: [...shapes, action.shape], undone: [] }
    case 'undo':
      return { ...sketch, shapes: shapes.slice(0, -1), undone: [...shapes.slice(-1), ...undone] }
    case 'redo':
      return { ...sketch, shapes: [...shapes, ...undone.slice(0, 1)], undone: undone.slice(1) }
    case 'clear':
      return { ...sketch, shapes: [], undone: [], tool: null }
  }
}
