import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canDropFrames, frameToTimecode, timecodeFormat, timecodeToFrame } from './timecode.ts'

const RATES = {
  film: { num: 24000, den: 1001 },
  pal: { num: 25, den: 1 },
  ntsc: { num: 30000, den: 1001 },
  ntsc60: { num: 60000, den: 1001 },
  thirty: { num: 30, den: 1 },
} as const

const formats = fc
  .constantFrom(...Object.values(RATES))
  .chain((rate) => fc.record({ rate: fc.constant(rate), dropFrame: fc.constant(canDropFrames(rate)) }))

test('labels that editors know by heart', () => {
  const drop = { rate: RATES.ntsc, dropFrame: true }
  const drop60 = { rate: RATES.ntsc60, dropFrame: true }
  assert.equal(frameToTimecode(0, drop), '00:00:00;00')
  assert.equal(frameToTimecode(1799, drop), '00:00:59;29')
  assert.equal(frameToTimecode(1800, drop), '00:01:00;02')
  assert.equal(frameToTimecode(17_981, drop), '00:09:59;29')
  assert.equal(frameToTimecode(17_982, drop), '00:10:00;00')
  assert.equal(frameToTimecode(107_892, drop), '01:00:00;00')
  assert.equal(frameToTimecode(3600, drop60), '00:01:00;04')
  assert.equal(frameToTimecode(1800, { rate: RATES.ntsc, dropFrame: false }), '00:01:00:00')
  assert.equal(frameToTimecode(86_400, { rate: RATES.film, dropFrame: false }), '01:00:00:00')
})

test('a start timecode shifts labels, and midnight wraps', () => {
  const format = timecodeFormat(RATES.ntsc, '00:59:59;29')
  assert.ok(format)
  assert.equal(frameToTimecode(1, format), '01:00:00;00')
  assert.equal(timecodeToFrame('01:00:00;00', format), 1)
  assert.equal(frameToTimecode(-1, { rate: RATES.pal, dropFrame: false }), '23:59:59:24')
  assert.equal(frameToTimecode(2_160_000, { rate: RATES.pal, dropFrame: false }), '00:00:00:00')
})

test('labels that do not exist are refused', () => {
  const drop = { rate: RATES.ntsc, dropFrame: true }
  for (const text of ['00:01:00;00', '00:01:00;01', '00:00:00;30', '24:00:00;00', '00:60:00;00', '1:2', '']) {
    assert.equal(timecodeToFrame(text, drop), null, text)
  }
  assert.equal(timecodeToFrame('00:10:00;00', drop), 17_982)
  assert.throws(() => frameToTimecode(1.5, drop), RangeError)
  assert.equal(timecodeFormat(RATES.pal, '00:00:00:30'), null)
})

test('drop-frame exists at NTSC rates only', () => {
  assert.deepEqual(Object.values(RATES).map(canDropFrames), [false, false, true, true, false])
  assert.equal(timecodeFormat(RATES.pal, '01:00:00;00')?.dropFrame, false)
})

test('every frame of a day has one label that leads back to it', () => {
  fc.assert(
    fc.property(formats, fc.integer({ min: 0, max: 2_000_000 }), (format, frame) => {
      assert.equal(timecodeToFrame(frameToTimecode(frame, format), format), frame)
    }),
  )
})

test('labels rise with frames', () => {
  fc.assert(
    fc.property(formats, fc.integer({ min: 0, max: 2_000_000 }), (format, frame) => {
      assert.ok(frameToTimecode(frame, format) < frameToTimecode(frame + 1, format))
    }),
  )
})

test('drop-frame labels stay within five frames of the clock', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_589_407 }), (frame) => {
      const label = frameToTimecode(frame, { rate: RATES.ntsc, dropFrame: true })
      const [hours = 0, minutes = 0, seconds = 0, frames = 0] = label.split(/[:;]/).map(Number)
      const labelled = hours * 3600 + minutes * 60 + seconds + frames / 30
      assert.ok(Math.abs(labelled - (frame * 1001) / 30_000) < 5 / 30, label)
    }),
  )
})
