import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { splitParts } from './split.ts'

test('the documented example: two halves', () => {
  assert.deepEqual(splitParts(21_136_250, 2), [
    { index: 0, start: 0, end: 10_568_125 },
    { index: 1, start: 10_568_125, end: 21_136_250 },
  ])
})

test('an empty file has one empty part', () => {
  assert.deepEqual(splitParts(0, 1), [{ index: 0, start: 0, end: 0 }])
})

test('a tiny file leaves URLs unused', () => {
  assert.equal(splitParts(5, 4).length, 3)
})

test('parts are whole: no gap, no overlap, no more parts than URLs, every byte once', () => {
  fc.assert(
    fc.property(fc.nat(5_000_000_000), fc.integer({ min: 1, max: 10_000 }), (size, count) => {
      const parts = splitParts(size, count)
      assert.ok(parts.length <= count)
      assert.equal(parts.at(-1)?.end, size)
      parts.forEach((part, i) => {
        assert.equal(part.start, i === 0 ? 0 : parts[i - 1]?.end)
        assert.ok(part.end > part.start || size === 0)
      })
    }),
    { numRuns: 50 },
  )
})
