import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseRange } from './range.ts'

const cases: [string | undefined, number, ReturnType<typeof parseRange>][] = [
  [undefined, 5, 'whole'],
  ['bytes=0-5', 5, { start: 0, end: 4 }],
  ['bytes=0-', 5, { start: 0, end: 4 }],
  ['Bytes = 1 - 2', 5, { start: 1, end: 2 }],
  ['bytes=4-99999999999999999999999', 5, { start: 4, end: 4 }],
  ['bytes=-2', 5, { start: 3, end: 4 }],
  ['bytes=-99', 5, { start: 0, end: 4 }],
  ['bytes=-0', 5, 'unsatisfiable'],
  ['bytes=5-', 5, 'unsatisfiable'],
  ['bytes=99999999999999999999-', 5, 'unsatisfiable'],
  ['bytes=0-1,3-4', 5, 'unsatisfiable'],
  [`bytes=${'0-,'.repeat(1000)}0-`, 5, 'unsatisfiable'],
  ['bytes=3-2', 5, 'whole'],
  ['bytes=-', 5, 'whole'],
  ['bytes=a-b', 5, 'whole'],
  ['bytes=1e1-', 5, 'whole'],
  ['lines=0-1', 5, 'whole'],
  ['bytes=0-0', 0, 'whole'],
]

for (const [header, size, expected] of cases)
  test(`${header?.slice(0, 40)} of ${size} bytes`, () => assert.deepEqual(parseRange(header, size), expected))

test('whatever is asked, a range lies inside the object', () => {
  const number = fc.oneof(
    fc.nat(30).map(String),
    fc.bigInt({ min: 0n, max: 2n ** 80n }).map(String),
    fc.constant(''),
  )
  const header = fc.oneof(
    fc.string(),
    fc.tuple(number, number).map(([a, b]) => `bytes=${a}-${b}`),
  )
  fc.assert(
    fc.property(header, fc.nat(20), (text, size) => {
      const range = parseRange(text, size)
      if (typeof range === 'string') return
      assert.ok(range.start >= 0 && range.start <= range.end && range.end < size)
    }),
  )
})

test('an end past the last byte is never refused when the start is inside', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), fc.nat(), fc.nat(), (size, from, more) => {
      const start = from % size
      assert.deepEqual(parseRange(`bytes=${start}-${size + more}`, size), { start, end: size - 1 })
    }),
  )
})
