import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { readAnnotation, writeAnnotation } from './annotation.ts'

test('an empty drawing sends no annotation', () => {
  assert.equal(writeAnnotation([]), undefined)
})

test('the example of the V2 documentation reads', () => {
  const text = '[{"tool":"rect","color":"#F22237","size":8,"x":0.25,"y":0.1,"w":0.5,"h":0.3}]'
  assert.deepEqual(readAnnotation(text), [
    { tool: 'rect', color: '#F22237', size: 8, x: 0.25, y: 0.1, w: 0.5, h: 0.3 },
  ])
})

test('a lone object counts as a list of one; rect extras and short colours are fine', () => {
  const [shape] = readAnnotation(
    '{"tool":"rect","color":"#F00","size":2,"x":0,"y":0,"w":1,"h":1,"ix":0,"iy":0,"radius":3}',
  )
  assert.equal(shape?.tool, 'rect')
  assert.equal(shape?.color, '#F00')
})

test('what can’t be drawn is left out, the rest is kept', () => {
  const shapes = readAnnotation(
    '[{"tool":"lasso"},{"tool":"pen","xs":[0],"ys":[0,1]},{"tool":"line","x1":0,"y1":0,"x2":1,"y2":1}]',
  )
  assert.deepEqual(
    shapes.map(({ tool }) => tool),
    ['line'],
  )
})

test('a colour that isn’t one never reaches the page', () => {
  const [shape] = readAnnotation(
    '{"tool":"line","x1":0,"y1":0,"x2":1,"y2":1,"color":"url(https://evil.example)","size":-4}',
  )
  assert.deepEqual({ color: shape?.color, size: shape?.size }, { color: '#F22237', size: 4 })
})

test('no text whatever makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => Array.isArray(readAnnotation(text))))
})
