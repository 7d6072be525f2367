import { ArrowUpRight, Minus, Pencil, Redo2, Square, Trash2, Undo2, X } from 'lucide-react'
import type { CSSProperties } from 'react'
import { IconButton } from '../ui/button.tsx'
import type { Tool } from './shapes.ts'
import { SKETCH_COLORS, type Sketch, type SketchAction } from './sketch.ts'

const TOOLS: [Tool, string, typeof Minus][] = [
  ['arrow', 'Arrow', ArrowUpRight],
  ['rect', 'Rectangle', Square],
  ['line', 'Line', Minus],
  ['pen', 'Pen', Pencil],
]

/** The drawing tools, over the foot of the picture while one is in hand. */
export function DrawBar({ sketch, dispatch }: { sketch: Sketch; dispatch(action: SketchAction): void }) {
  return (
    <div className="draw-bar" role="toolbar" aria-label="Drawing">
      {TOOLS.map(([tool, label, Icon]) => (
        <IconButton
          key={tool}
          label={label}
          aria-pressed={sketch.tool === tool}
          onClick={() => dispatch({ type: 'take', tool })}
        >
          <Icon size={18} />
        </IconButton>
      ))}
      <i />
      {SKETCH_COLORS.map((color) => (
        <button
          key={color}
          type="button"
          className="swatch"
          style={{ '--color': color } as CSSProperties}
          aria-label={`Colour ${color}`}
          aria-pressed={sketch.color === color}
          onClick={() => dispatch({ type: 'color', color })}
        />
      ))}
      <i />
      <IconButton
        label="Undo"
        hint="Ctrl+Z"
        disabled={sketch.shapes.length === 0}
        onClick={() => dispatch({ type: 'undo' })}
      >
        <Undo2 size={17} />
      </IconButton>
      <IconButton
        label="Redo"
        hint="Ctrl+Shift+Z"
        disabled={sketch.undone.length === 0}
        onClick={() => dispatch({ type: 'redo' })}
      >
        <Redo2 size={17} />
      </IconButton>
      <IconButton
        label="Discard the drawing"
        disabled={sketch.shapes.length === 0}
        onClick={() => dispatch({ type: 'clear' })}
      >
        <Trash2 size={17} />
      </IconButton>
      <IconButton label="Stop drawing" hint="Esc" onClick={() => dispatch({ type: 'take', tool: null })}>
        <X size={17} />
      </IconButton>
    </div>
  )
}
