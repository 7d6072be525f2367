import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { dragShape } from './shapes.ts'
import { emptySketch, type SketchAction, sketchReducer } from './sketch.ts'

const line = (x: number) => dragShape('line', { x, y: 0 }, { x, y: 1 }, { color: '#FFFFFF', size: 5 })
const run = (...actions: SketchAction[]) => actions.reduce(sketchReducer, emptySketch)

test('undo takes the last stroke, redo brings it back', () => {
  const two = run({ type: 'add', shape: line(0.1) }, { type: 'add', shape: line(0.2) })
  const undone = sketchReducer(two, { type: 'undo' })
  assert.deepEqual(undone.shapes, [line(0.1)])
  assert.deepEqual(sketchReducer(undone, { type: 'redo' }).shapes, two.shapes)
})

test('a new stroke ends what could be redone', () => {
  const after = run(
    { type: 'add', shape: line(0.1) },
    { type: 'undo' },
    { type: 'add', shape: line(0.3) },
    { type: 'redo' },
  )
  assert.deepEqual(after.shapes, [line(0.3)])
})

test('as many redos as undos restore any drawing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      fc.nat(10),
      (xs, steps) => {
        const drawn = run(...xs.map((x): SketchAction => ({ type: 'add', shape: line(x) })))
        const times = (sketch: typeof drawn, action: SketchAction) =>
          Array.from({ length: steps }, () => action).reduce(sketchReducer, sketch)
        assert.deepEqual(times(times(drawn, { type: 'undo' }), { type: 'redo' }).shapes, drawn.shapes)
      },
    ),
  )
})

test('clearing lays the tool down and keeps the colour', () => {
  const cleared = run({ type: 'take', tool: 'pen' }, { type: 'color', color: '#34C759' }, { type: 'clear' })
  assert.deepEqual([cleared.tool, cleared.color], [null, '#34C759'])
})
