import assert from 'node:assert/strict'
import test from 'node:test'
import { nextShuttle } from './shuttle.ts'

test('pressing on goes 1, 2, 4, 8 and stays there', () => {
  const speeds = [1, 2, 3, 4, 5].reduce<number[]>((list) => [...list, nextShuttle(list.at(-1) ?? 0, 1)], [])
  assert.deepEqual(speeds, [1, 2, 4, 8, 8])
})

test('the other key starts over at 1 its own way', () => {
  assert.equal(nextShuttle(8, -1), -1)
  assert.equal(nextShuttle(-1, -1), -2)
  assert.equal(nextShuttle(-4, 1), 1)
})

test('after a slow shuttle the next press is full speed', () => {
  assert.equal(nextShuttle(0.5, 1), 1)
})
