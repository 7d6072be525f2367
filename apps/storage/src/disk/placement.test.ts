import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partCount } from '../part-count.ts'
import { testUpload } from '../testing.ts'
import { placement } from './placement.ts'

const mib = 1024 ** 2

test('part counts follow the rule and are never 0', () => {
  const expected = [
    [0, 1],
    [1, 1],
    [25 * mib, 1],
    [25 * mib + 1, 2],
    [5 * 1024 ** 4, 10_000],
  ] as const
  for (const [size, count] of expected) assert.equal(partCount(size), count)
})

const sizes = fc.record({
  size: fc.integer({ min: 2, max: 1e12 }),
  parts: fc.integer({ min: 2, max: 10_000 }),
})

test('a whole part of every known way of cutting lies where that way puts it', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.nat(),
      fc.constantFrom('ceil', 'ceil + 1', 'floor'),
      ({ size, parts }, pick, way) => {
        const chunk =
          way === 'floor' ? Math.floor(size / parts) : Math.ceil(size / parts) + Number(way === 'ceil + 1')
        const index = pick % parts
        const last = index === parts - 1
        const length = last ? size - index * chunk : Math.min(chunk, size - index * chunk)
        fc.pre(length > 0)
        const placed = placement(testUpload(size, parts), index, length)
        assert.ok(placed === null || placed.offset === index * placed.chunk)
        if (length === chunk) assert.equal(placed?.offset, index * chunk)
      },
    ),
  )
})

test('regions of one cut never overlap and never leave the file', () => {
  const small = fc.record({ size: fc.integer({ min: 2, max: 60 }), parts: fc.integer({ min: 2, max: 9 }) })
  fc.assert(
    fc.property(small, ({ size, parts }) => {
      const upload = testUpload(size, parts)
      const owner = new Map<string, number>()
      for (let index = 0; index < parts; index++)
        for (let length = 1; length <= size; length++) {
          const placed = placement(upload, index, length)
          if (!placed) continue
          assert.ok(placed.offset + length <= size)
          for (let byte = placed.offset; byte < placed.offset + length; byte++) {
            const earlier: number = owner.get(`${placed.chunk}:${byte}`) ?? index
            assert.equal(earlier, index)
            owner.set(`${placed.chunk}:${byte}`, index)
          }
        }
    }),
  )
})
