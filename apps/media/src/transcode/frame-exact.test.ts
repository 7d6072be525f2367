import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { makeDemoClip } from '../demo/make-demo-clip.ts'
import { probe } from '../probe/probe.ts'
import { type Rational, toNumber } from '../rational.ts'
import { everyBuild } from '../testing/builds.ts'
import { readBarcodes, readTimes, scratch } from '../testing/files.ts'
import type { Tools } from '../tools/tools.ts'
import type { Manifest } from './manifest.ts'
import { transcode } from './transcode.ts'

const SECONDS = 5
const CLIPS: readonly (readonly [name: string, rate: Rational, startTimecode: string, dropFrame: boolean])[] =
  [
    ['25', { num: 25, den: 1 }, '10:00:00:00', false],
    ['23.976', { num: 24000, den: 1001 }, '01:00:00:00', false],
    ['29.97 drop-frame', { num: 30000, den: 1001 }, '00:59:58;00', true],
  ]

for (const tools of await everyBuild()) {
  for (const [name, rate, startTimecode, dropFrame] of CLIPS) {
    describe(`${name} fps with the ${tools.source} ffmpeg`, () => {
      const clip = prepare(tools, rate, startTimecode)

      test('the probe finds the exact rate, every frame and the start timecode', () => {
        const { video, startTimecode: found, dropFrame: drops } = clip.probed
        assert.deepEqual(video?.frameRate, rate)
        assert.equal(video?.frames, Math.floor(SECONDS * toNumber(rate)))
        assert.equal(video?.variableFrameRate, false)
        assert.deepEqual([found, drops], [startTimecode, dropFrame])
      })

      test('frame n shows frame n, in both packagings', async () => {
        const expected = Array.from({ length: clip.manifest.frames }, (_, frame) => frame)
        for (const name of ['hls_360.m3u8', 'h264_360.mp4']) {
          assert.deepEqual(await readBarcodes(tools, ['-i', clip.file(name)]), expected, name)
        }
      })

      test('frame n is shown from n/fps on, in both packagings', async () => {
        for (const name of ['hls_360.m3u8', 'h264_360.mp4']) {
          const times = await readTimes(tools, clip.file(name))
          assert.equal(times.length, clip.manifest.frames)
          for (const [frame, time] of times.entries()) {
            assert.ok(Math.abs(time - frame / toNumber(rate)) < 0.000_1, `${name}: frame ${frame} at ${time}`)
          }
        }
      })

      test('a seek to any frame shows that frame', async () => {
        for (const frame of [0, 1, 25, 96, 100, 116, clip.manifest.frames - 1]) {
          const time = Math.max(0, (frame - 0.4) / toNumber(rate)).toFixed(6)
          const [shown] = await readBarcodes(tools, ['-ss', time, '-i', clip.file('h264_360.mp4')])
          assert.equal(shown, frame, `at ${time}`)
        }
      })

      test('every HLS segment by itself, as a player fetches it, starts at its first frame', async () => {
        const segments = await segmentsOf(clip.file('hls_360.m3u8'))
        assert.ok(segments.length >= 2)
        let frame = 0
        for (const { bytes, seconds } of segments) {
          const file = clip.file('segment.mp4')
          await writeFile(file, bytes)
          const shown = await readBarcodes(tools, ['-i', file])
          const [start = -1] = await readTimes(tools, file)
          assert.deepEqual(
            shown,
            shown.map((_, index) => frame + index),
          )
          assert.ok(Math.abs(start - frame / toNumber(rate)) < 0.000_1, `frame ${frame} at ${start}`)
          assert.ok(Math.abs(seconds - shown.length / toNumber(rate)) < 0.000_1)
          frame += shown.length
        }
        assert.equal(frame, clip.manifest.frames)
      })

      test('no file carries a timecode track or foreign metadata', async () => {
        const header = await readFile(clip.file('h264_360.mp4'))
        assert.equal(header.includes('tmcd'), false)
      })
    })
  }
}

function prepare(tools: Tools, rate: Rational, startTimecode: string) {
  const made = {} as {
    folder: Awaited<ReturnType<typeof scratch>>
    manifest: Manifest
    probed: Awaited<ReturnType<typeof probe>>
  }
  before(async () => {
    made.folder = await scratch()
    const source = made.folder.file('source.mov')
    const size = { width: 640, height: 360 }
    await makeDemoClip({
      tools,
      kind: 'ocean',
      seconds: SECONDS,
      size,
      fps: rate,
      outFile: source,
      startTimecode,
    })
    made.probed = await probe(source, { tools })
    made.manifest = await transcode({ source, outDir: made.folder.path, probe: made.probed, tools })
  })
  after(() => made.folder[Symbol.asyncDispose]())
  return {
    file: (name: string) => made.folder.file(name),
    get manifest() {
      return made.manifest
    },
    get probed() {
      return made.probed
    },
  }
}

/** Cuts the media file as the playlist says: initialisation plus one segment each. */
async function segmentsOf(playlist: string): Promise<{ bytes: Buffer; seconds: number }[]> {
  const text = await readFile(playlist, 'utf8')
  const media = await readFile(playlist.replace('.m3u8', '.m4s'))
  const range = (length: string, offset: string) =>
    media.subarray(Number(offset), Number(offset) + Number(length))
  const map = /EXT-X-MAP:URI="[^"]+",BYTERANGE="(\d+)@(\d+)"/.exec(text)
  const segments = text.matchAll(/#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)/g)
  return [...segments].map(([, seconds, length = '', offset = '']) => ({
    bytes: Buffer.concat([range(map?.[1] ?? '', map?.[2] ?? ''), range(length, offset)]),
    seconds: Number(seconds),
  }))
}
