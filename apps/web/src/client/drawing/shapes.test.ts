import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { readAnnotation, writeAnnotation } from './annotation.ts'
import { arrowHead, boundsOf, dragShape, extendPen, isSpeck, type Pen, type Tool } from './shapes.ts'

const red = { color: '#F22237', size: 5 }
const tools: Tool[] = ['arrow', 'rect', 'line', 'pen']
const coordinate = fc.double({ min: -0.5, max: 1.5, noNaN: true })
const point = fc.record({ x: coordinate, y: coordinate })

test('a rectangle has its upper left corner first, whichever way it was drawn', () => {
  const rect = { tool: 'rect', ...red, x: 0.25, y: 0.1, w: 0.5, h: 0.3 }
  assert.deepEqual(dragShape('rect', { x: 0.25, y: 0.1 }, { x: 0.75, y: 0.4 }, red), rect)
  assert.deepEqual(dragShape('rect', { x: 0.75, y: 0.4 }, { x: 0.25, y: 0.1 }, red), rect)
})

test('an arrow keeps its direction as a signed offset', () => {
  const arrow = dragShape('arrow', { x: 0.5, y: 0.75 }, { x: 0.25, y: 0.5 }, red)
  assert.deepEqual(arrow, { tool: 'arrow', ...red, x: 0.5, y: 0.75, w: -0.25, h: -0.25 })
})

test('a pen collects equally many xs and ys', () => {
  const start = dragShape('pen', { x: 0.1, y: 0.2 }, { x: 0.1, y: 0.2 }, red) as Pen
  const pen = extendPen(extendPen(start, { x: 0.3, y: 0.4 }), { x: 2, y: -1 })
  assert.deepEqual(pen.xs, [0.1, 0.1, 0.3, 1])
  assert.deepEqual(pen.ys, [0.2, 0.2, 0.4, 0])
})

test('every shape stays inside the picture, wherever the pointer went', () => {
  fc.assert(
    fc.property(fc.constantFrom(...tools), point, point, (tool, from, to) => {
      const { x, y, width, height } = boundsOf(dragShape(tool, from, to, red))
      assert.ok(x >= 0 && y >= 0 && x + width <= 1 + 1e-4 && y + height <= 1 + 1e-4)
    }),
  )
})

test('what is drawn is read back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...tools), point, point), { minLength: 1 }), (drags) => {
      const shapes = drags.map(([tool, from, to]) => dragShape(tool, from, to, red))
      assert.deepEqual(readAnnotation(writeAnnotation(shapes) ?? null), shapes)
    }),
  )
})

test('a click is no shape, a short drag is', () => {
  assert.ok(isSpeck(dragShape('rect', { x: 0.5, y: 0.5 }, { x: 0.502, y: 0.501 }, red)))
  assert.ok(!isSpeck(dragShape('line', { x: 0.5, y: 0.5 }, { x: 0.52, y: 0.5 }, red)))
})

test('the head of an arrow lies behind its tip, symmetrical to the shaft', () => {
  const [left, right] = arrowHead({ tool: 'arrow', ...red, x: 0, y: 0.5, w: 0.5, h: 0 }, 1000, 500)
  assert.ok(left.x < 500 && Math.abs(left.x - right.x) < 1e-9)
  assert.ok(Math.abs(left.y + right.y - 500) < 1e-9)
})
