import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ladder } from './ladder.ts'
import { masterPlaylist } from './master-playlist.ts'
import { progressReader, progressStages } from './progress.ts'
import { planSprite } from './sprite.ts'
import { peakCollector } from './waveform.ts'

const pictures = fc.record({
  width: fc.integer({ min: 2, max: 8192 }),
  height: fc.integer({ min: 2, max: 4320 }),
})
const rates = fc.constantFrom(
  { num: 24000, den: 1001 },
  { num: 25, den: 1 },
  { num: 60, den: 1 },
  { num: 1, den: 2 },
)

test('a ladder is never empty, never above the source and always even', () => {
  fc.assert(
    fc.property(pictures, (picture) => {
      const rungs = ladder(picture)
      assert.ok(rungs.length >= 1 && rungs.length <= 4)
      for (const { width, height } of rungs) {
        assert.ok(height <= picture.height && width <= picture.width + 1)
        assert.deepEqual([width % 2, height % 2], [0, 0])
      }
    }),
  )
})

test('a 4K source gets the four steps under their V2 names', () => {
  const rungs = ladder({ width: 3840, height: 2160 })
  assert.deepEqual(
    rungs.map(({ field, width, height }) => `${field} ${width}x${height}`),
    ['h264_360 640x360', 'h264_540 960x540', 'h264_720 1280x720', 'h264_1080_best 1920x1080'],
  )
})

test('a sprite covers every frame with at most a hundred tiles', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000_000 }), rates, pictures, (frames, rate, picture) => {
      const plan = planSprite(frames, rate, picture)
      assert.ok(plan.count >= 1 && plan.count <= 100)
      assert.ok((plan.count - 1) * plan.stepFrames < frames && plan.count * plan.stepFrames >= frames)
      assert.ok(plan.columns * plan.rows >= plan.count)
    }),
  )
})

test('peaks do not depend on where the chunks are cut', () => {
  const samples = Buffer.from(Int16Array.from({ length: 1000 }, (_, index) => (index * 7919) % 32_768).buffer)
  const whole = peakCollector(64)
  whole.add(samples)
  const expected = whole.peaks()
  assert.equal(expected.peaks.length, Math.ceil(1000 / 64))
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 9 }), (cuts) => {
      const collector = peakCollector(64)
      const edges = [0, ...cuts.toSorted((a, b) => a - b), 2000]
      for (const [index, edge] of edges.slice(1).entries())
        collector.add(samples.subarray(edges[index], edge))
      assert.deepEqual(collector.peaks(), expected)
    }),
  )
})

test('progress is read from lines cut anywhere and never falls', () => {
  const seen: number[] = []
  const stage = progressStages((fraction) => seen.push(fraction))
  const read = progressReader({ key: 'frame', value: 100 }, stage(0, 0.5))
  for (const part of ['fra', 'me=10\nfps=1\nframe=', '40\nframe=30\nframe=N/A\n', 'frame=200\n'])
    read(Buffer.from(part))
  stage(0.5, 1)(1)
  assert.deepEqual(seen, [0.05, 0.2, 0.5, 1])
})

test('a master playlist without sound names no audio group', () => {
  const [rung] = ladder({ width: 640, height: 360 })
  assert.ok(rung)
  const variant = { rung, frames: 25, profile: 'High', level: 30, averageBits: 1000 }
  const text = masterPlaylist([variant], { num: 25, den: 1 }, false)
  assert.equal(text.includes('AUDIO'), false)
  assert.match(text, /CODECS="avc1\.64001E"\nhls_360\.m3u8\n$/)
})
