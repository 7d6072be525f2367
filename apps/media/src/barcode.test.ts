import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BARCODE_CELLS, readFrameBarcode } from './barcode.ts'

function cellsOf(frame: number): number[] {
  const bits = [...frame.toString(2).padStart(16, '0')].map(Number)
  const parity = 1 - (bits.reduce((sum, bit) => sum + bit, 0) % 2)
  return [1, 0, ...bits, parity, 1]
}

const sampler = (cells: readonly number[]) => (x: number) => (cells[Math.floor(x * BARCODE_CELLS)] ? 235 : 16)
const frames = fc.integer({ min: 0, max: 65_535 })

test('reads every number back', () => {
  fc.assert(fc.property(frames, (frame) => assert.equal(readFrameBarcode(sampler(cellsOf(frame))), frame)))
})

test('a single wrong cell is noticed', () => {
  fc.assert(
    fc.property(frames, fc.integer({ min: 0, max: BARCODE_CELLS - 1 }), (frame, wrong) => {
      const cells = cellsOf(frame).map((cell, index) => (index === wrong ? 1 - cell : cell))
      assert.equal(readFrameBarcode(sampler(cells)), null)
    }),
  )
})

test('a picture without a strip has no number', () => {
  for (const brightness of [0, 128, 255])
    assert.equal(
      readFrameBarcode(() => brightness),
      null,
    )
})
