import assert from 'node:assert/strict'
import test from 'node:test'
import { frameToTimecode } from '@rushes/media/timecode'
import fc from 'fast-check'
import type { Asset } from '../wire/types.ts'
import { clampFrame, clockOf, clockText, frameAt, rangeText, rateText, seekTime } from './frames.ts'

const rates = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
]
const rate = fc.constantFrom(...rates)
const frame = fc.nat(2_000_000)

test('the point that is sought for a frame lies in that frame', () => {
  fc.assert(fc.property(rate, frame, (r, n) => frameAt(seekTime(n, r), r) === n))
})

test('a presentation timestamp names its frame, also when a 90 kHz clock has rounded it', () => {
  fc.assert(
    fc.property(rate, frame, (r, n) => {
      const exact = (n * r.den) / r.num
      const rounded = Math.round(exact * 90_000) / 90_000
      return frameAt(exact, r) === n && frameAt(rounded, r) === n
    }),
  )
})

test('clamping never leaves the media', () => {
  const clock = clockOf(stream({ frames: 100 }))
  assert.ok(clock)
  assert.deepEqual([clampFrame(-3, clock), clampFrame(250, clock), clampFrame(41.6, clock)], [0, 99, 42])
})

test('a drop-frame source is labelled from its own start', () => {
  const clock = clockOf(
    stream({ frames: 600, extras: { fps_num: 30_000, fps_den: 1001, start_timecode: '00:59:58;00' } }),
  )
  assert.ok(clock)
  assert.equal(frameToTimecode(0, clock.format), '00:59:58;00')
  assert.equal(frameToTimecode(60, clock.format), '01:00:00;00')
  assert.equal(rateText(clock.format), '29.97 fps DF')
})

test('a start timecode that can’t be one is not believed', () => {
  const clock = clockOf(
    stream({ frames: 10, extras: { fps_num: 25, fps_den: 1, start_timecode: '99:99:99:99' } }),
  )
  assert.equal(clock && frameToTimecode(0, clock.format), '00:00:00:00')
})

test('sound without pictures is counted on a grid, from its duration', () => {
  assert.equal(clockOf(stream({ duration: 10, extras: { fps_num: null, fps_den: null } }))?.count, 300)
})

test('a range leaves out what its ends share, but never less than seconds and frames', () => {
  const format = { rate: { num: 25, den: 1 }, dropFrame: false, startFrame: 90_000 }
  assert.equal(rangeText(41, 104, format), '01:00:01:16 – 04:04')
  assert.equal(rangeText(0, 1600, format), '01:00:00:00 – 01:04:00')
  assert.equal(rangeText(10, 12, format), '01:00:00:10 – 00:12')
})

test('stills have no clock', () => {
  assert.equal(clockOf({ ...stream({}), asset_type: 'image' }), null)
})

test('durations read as a clock does', () => {
  assert.deepEqual([clockText(0), clockText(71.9), clockText(3723)], ['0:00', '1:11', '1:02:03'])
})

function stream(given: { frames?: number; duration?: number; extras?: object }): Asset {
  const rushes = { fps_num: 25, fps_den: 1, drop_frame: false, start_timecode: null, ...given.extras }
  return {
    asset_type: 'stream',
    frames: given.frames ?? 0,
    duration: given.duration ?? null,
    rushes,
  } as Asset
}
