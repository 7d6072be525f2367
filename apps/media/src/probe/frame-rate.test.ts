import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Rational, toNumber } from '../rational.ts'
import { decideFrameRate, nearestStandard } from './frame-rate.ts'
import { readTimeline } from './timeline.ts'

const FILM = { num: 24000, den: 1001 }
const rates = fc.constantFrom<Rational>(
  FILM,
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 60, den: 1 },
)

/** Packet lines of frames at the given times, as a container with ticks of `tick` seconds would round them. */
function packets(times: readonly number[], tick: number): string {
  return times.map((time) => `${(Math.round(time / tick) * tick).toFixed(6)},N/A,K_`).join('\n')
}

function stream(declared: string, timeBase: string) {
  return { index: 0, r_frame_rate: declared, avg_frame_rate: declared, time_base: timeBase }
}

test('a constant rate survives the rounding of a millisecond clock', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 10, max: 500 }), (rate, count) => {
      const times = Array.from({ length: count }, (_, frame) => frame / toNumber(rate))
      const found = decideFrameRate(
        stream(`${rate.num}/${rate.den}`, '1/1000'),
        readTimeline(packets(times, 0.001)),
      )
      assert.deepEqual(found, { rate, variable: false })
    }),
  )
})

test('a declared rate that the packets contradict is not believed', () => {
  const times = Array.from({ length: 50 }, (_, frame) => frame / 25)
  const found = decideFrameRate(stream('90000/1', '1/90000'), readTimeline(packets(times, 1 / 90_000)))
  assert.deepEqual(found, { rate: { num: 25, den: 1 }, variable: false })
})

test('irregular distances are a variable rate, one lost frame is not', () => {
  const regular = Array.from({ length: 300 }, (_, frame) => frame / 30)
  const phone = regular.map((time, frame) => time + (frame % 5 === 0 ? 0.011 : 0))
  const gap = regular.map((time, frame) => time + (frame > 100 ? 1 / 30 : 0))
  const decide = (times: number[]) =>
    decideFrameRate(stream('30/1', '1/90000'), readTimeline(packets(times, 1 / 90_000)))
  assert.deepEqual(decide(phone), { rate: { num: 30, den: 1 }, variable: true })
  assert.deepEqual(decide(gap), { rate: { num: 30, den: 1 }, variable: false })
})

test('near a standard rate is that rate, elsewhere is none', () => {
  assert.deepEqual(nearestStandard(29.97), { num: 30000, den: 1001 })
  assert.deepEqual(nearestStandard(30.001), { num: 30, den: 1 })
  assert.deepEqual(nearestStandard(23.976), FILM)
  assert.equal(nearestStandard(17.3), null)
})

test('packets that an edit list discards are no frames, and order of arrival does not matter', () => {
  const timeline = readTimeline(
    '-0.080000,-0.080000,KD\n0.080000,0.000000,__\n0.000000,0.000000,K_\n0.040000,0.040000,__\n',
  )
  assert.deepEqual([timeline.packets, timeline.first, timeline.last], [3, 0, 0.08])
  assert.ok(Math.abs((timeline.typicalInterval ?? 0) - 0.04) < 1e-9)
})
