import assert from 'node:assert/strict'
import test from 'node:test'
import { markIn, markOut } from './mark-range.ts'

const rate = { num: 25, den: 1 }
const clock = { rate, count: 100, format: { rate, dropFrame: false } }

test('in without out reaches a second on, at most to the end', () => {
  assert.deepEqual(markIn(null, 10, clock), { in: 10, out: 35 })
  assert.deepEqual(markIn(null, 90, clock), { in: 90, out: 99 })
})

test('in before out keeps out; in after out begins anew', () => {
  assert.deepEqual(markIn({ in: 5, out: 50 }, 20, clock), { in: 20, out: 50 })
  assert.deepEqual(markIn({ in: 5, out: 15 }, 20, clock), { in: 20, out: 45 })
})

test('out after in keeps in; out before in begins at the start', () => {
  assert.deepEqual(markOut({ in: 5, out: 50 }, 20), { in: 5, out: 20 })
  assert.deepEqual(markOut({ in: 30, out: 50 }, 20), { in: 0, out: 20 })
  assert.deepEqual(markOut(null, 20), { in: 0, out: 20 })
})
