import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { makeDemoClip } from '../demo/make-demo-clip.ts'
import { MediaError } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { probe } from '../probe/probe.ts'
import { everyBuild, everyConfinement } from '../testing/builds.ts'
import { ffmpegByHand, readBarcodes, readTimes, scratch } from '../testing/files.ts'
import type { Tools } from '../tools/tools.ts'
import type { FileRole, Manifest } from './manifest.ts'
import { transcode } from './transcode.ts'

const lavfi = (description: string) => ['-f', 'lavfi', '-i', description]
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

for (const build of await everyBuild()) {
  describe(`transcode with the ${build.source} ffmpeg`, () => {
    const folder = ownFolder()
    const make = async (name: string, args: readonly string[], tools: Tools = build) => {
      const source = folder.file(name)
      await ffmpegByHand(build, [...args, source])
      return run(source, tools)
    }
    const run = async (source: string, tools: Tools) => {
      const probed = await probe(source, { tools })
      const outDir = `${source}.out`
      return { probed, outDir, manifest: await transcode({ source, outDir, probe: probed, tools }) }
    }

    test('a clip becomes renditions, pictures and sound, and the folder holds exactly the manifest', async () => {
      const clip = ['-t', '3', ...H264, '-c:a', 'aac']
      const input = [...lavfi('testsrc2=s=1280x720:r=25'), ...lavfi('sine=440:sample_rate=44100')]
      const { manifest, outDir } = await make('clip.mp4', [...input, ...clip])
      assert.deepEqual(heights(manifest, 'mp4'), [360, 540, 720])
      assert.deepEqual(heights(manifest, 'hls_playlist').slice(0, 3), [360, 540, 720])
      assert.deepEqual((await readdir(outDir)).toSorted(), manifest.files.map((file) => file.name).toSorted())
      assert.deepEqual(
        [manifest.frames, manifest.fps, manifest.duration],
        [75, fraction(25, 1), fraction(3, 1)],
      )
      const fields = manifest.files.map((file) => file.field).filter(Boolean)
      for (const field of [
        'hls_manifest',
        'thumb',
        'thumb_540',
        'cover',
        'thumb_scrub',
        'waveform',
        'h264_720',
      ]) {
        assert.ok(fields.includes(field), field)
      }
      assert.ok(manifest.files.every((file) => file.size > 0))
      for (const height of heights(manifest, 'mp4')) {
        const times = await readTimes(build, `${outDir}/hls_${height}.m4s`)
        assert.deepEqual([times[0], times.length], [0, 75])
      }
      const master = await readFile(`${outDir}/hls.m3u8`, 'utf8')
      assert.match(
        master,
        /RESOLUTION=1280x720,FRAME-RATE=25.000,CODECS="avc1.6400[0-9A-F]{2},mp4a.40.2",AUDIO="audio"/,
      )
      for (const uri of master.matchAll(/^hls_.*$/gm))
        assert.ok(manifest.files.some(({ name }) => name === uri[0]))
    })

    test('a source of 300 lines gets one rendition, at its own size, made even', async () => {
      const { manifest } = await make('small.mkv', [
        ...lavfi('testsrc=s=401x300:r=10'),
        '-t',
        '1',
        '-c:v',
        'mpeg4',
      ])
      assert.deepEqual(sizes(manifest, 'mp4'), ['400x300'])
      assert.equal(manifest.files.find((file) => file.role === 'mp4')?.field, 'h264_360')
    })

    test('nothing is made above the source', async () => {
      const { manifest } = await make('scope.mp4', [...lavfi('testsrc=s=1280x538:r=10'), '-t', '1', ...H264])
      assert.deepEqual(sizes(manifest, 'mp4'), ['856x360'])
    })

    test('a clip turned on its side is shown upright', async () => {
      const flat = folder.file('flat.mp4')
      await ffmpegByHand(build, [...lavfi('testsrc=s=640x360:r=10'), '-t', '1', ...H264, flat])
      const turned = folder.file('turned.mp4')
      await ffmpegByHand(build, ['-i', flat, '-c', 'copy', flat.replace('flat', 'copy')])
      await writeFile(turned, rotateTrack(await readFile(flat)))
      const { probed, manifest } = await run(turned, build)
      assert.deepEqual([probed.video?.rotation, probed.video?.width, probed.video?.height], [90, 360, 640])
      assert.deepEqual(sizes(manifest, 'mp4'), ['202x360', '304x540'])
    })

    test('a variable rate becomes constant and is said to have been variable', async () => {
      const times = 'setpts=N*40/1000/TB+floor(N/7)*23/1000/TB+mod(N\\,3)*9/1000/TB'
      const source = [...lavfi('testsrc=s=640x360:r=25'), '-frames:v', '100', '-vf', times, '-vsync', '0']
      const { probed, manifest } = await make('variable.mkv', [...source, ...H264, '-bf', '0'])
      assert.equal(probed.video?.variableFrameRate, true)
      assert.equal(manifest.variableFrameRate, true)
      assert.ok(Math.abs(manifest.frames - (probed.video?.frames ?? 0)) <= 3)
    })

    test('Matroska times in milliseconds are no variable rate', async () => {
      const source = [...lavfi('testsrc=s=640x360:r=24000/1001'), '-t', '3', ...H264]
      const { probed, manifest } = await make('film.mkv', source)
      assert.deepEqual(
        [probed.video?.frameRate, probed.video?.variableFrameRate],
        [fraction(24000, 1001), false],
      )
      assert.equal(manifest.frames, 72)
    })

    test('a picture that starts after the sound still has its first frame at 0', async () => {
      const clip = folder.file('numbered.mp4')
      const size = { width: 640, height: 360 }
      await makeDemoClip({
        tools: build,
        kind: 'aurora',
        seconds: 2,
        size,
        fps: fraction(25, 1),
        outFile: clip,
      })
      const late = ['-itsoffset', '0.5', '-i', clip, '-i', clip, '-map', '0:v', '-map', '1:a', '-c', 'copy']
      const { outDir, probed } = await make('late.mkv', late)
      assert.ok(Math.abs((probed.video?.startSeconds ?? 0) - 0.5) < 0.1)
      const frames = await readBarcodes(build, ['-i', `${outDir}/h264_360.mp4`])
      assert.deepEqual(
        frames,
        Array.from({ length: 50 }, (_, frame) => frame),
      )
    })

    test('sound alone becomes an audio rendition and a waveform', async () => {
      const { probed, manifest, outDir } = await make('tone.wav', [
        ...lavfi('sine=440:sample_rate=44100'),
        '-t',
        '2',
      ])
      assert.deepEqual([probed.kind, probed.blob.is_audio, manifest.frames], ['audio', 'true', 0])
      const roles = manifest.files.map((file) => file.role).toSorted()
      assert.deepEqual(roles, ['audio', 'hls_master', 'hls_media', 'hls_playlist', 'peaks', 'waveform'])
      const { peaks } = JSON.parse(await readFile(`${outDir}/waveform.json`, 'utf8'))
      assert.ok(peaks.length > 1000 && peaks.every((peak: number) => peak >= 0 && peak <= 1))
      assert.ok(Math.abs(peaks[peaks.length >> 1] - 0.125) < 0.02)
    })

    for (const [name, options] of [
      ['still.png', ['-pix_fmt', 'rgba']],
      ['still.jpg', []],
      ['still.webp', []],
      ['still.gif', []],
    ] as const) {
      test(`${name} becomes pictures of its sizes`, async () => {
        const { probed, manifest } = await make(name, [
          ...lavfi('testsrc=s=2200x1100'),
          '-frames:v',
          '1',
          ...options,
        ])
        assert.equal(probed.kind, 'image')
        const extension = name === 'still.jpg' || !probed.video?.hasAlpha ? 'jpg' : 'png'
        const full = manifest.files.find((file) => file.field === 'image_full')
        assert.deepEqual([full?.name, full?.width, full?.height], [`image_full.${extension}`, 2200, 1100])
        assert.deepEqual(sizes(manifest, 'image'), ['2200x1100', '1920x960', '960x480'])
        assert.deepEqual(sizes(manifest, 'poster'), ['1920x960', '1080x540', '320x160'])
      })
    }

    test('one frame is a still, and with sound it is sound', async () => {
      const alone = await make('one.mp4', [...lavfi('testsrc=s=640x360:r=50'), '-frames:v', '1', ...H264])
      assert.deepEqual([alone.probed.kind, sizes(alone.manifest, 'image')[0]], ['image', '640x360'])
      const tone = lavfi('sine=440:duration=1')
      const sounding = await make('cover.mp4', ['-i', folder.file('one.mp4'), ...tone, '-c:v', 'copy'])
      assert.deepEqual([sounding.probed.kind, sounding.probed.video], ['audio', null])
    })

    test('an interlaced clip keeps its number of frames', async () => {
      const fields = [...lavfi('testsrc=s=720x576:r=25'), '-t', '1', '-vf', 'setsar=16/15,setfield=tff']
      const codec = ['-c:v', 'mpeg2video', '-flags', '+ilme+ildct', '-top', '1', '-f', 'mpegts']
      const { probed, manifest } = await make('fields.ts', [...fields, ...codec])
      assert.equal(probed.video?.interlaced, true)
      assert.deepEqual(probed.video?.frameRate, fraction(25, 1))
      assert.deepEqual([probed.video?.width, probed.video?.height], [768, 576])
      assert.deepEqual(sizes(manifest, 'mp4'), ['480x360', '720x540'])
    })

    test('progress rises from 0 to 1', async () => {
      const source = folder.file('clip.mp4')
      const seen: number[] = []
      const options = { source, tools: build, onProgress: (fraction: number) => seen.push(fraction) }
      await transcode({
        ...options,
        outDir: folder.file('progress'),
        probe: await probe(source, { tools: build }),
      })
      assert.equal(seen.at(-1), 1)
      assert.ok(seen.length > 4)
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => a - b),
      )
    })

    for (const kind of ['bwrap', 'setpriv', 'warden'] as const) {
      test(`a cancelled transcode leaves nothing (${kind})`, async () => {
        const tools = (await everyConfinement(build)).find((each) => each.confinement.kind === kind) ?? build
        const source = folder.file('clip.mp4')
        const controller = new AbortController()
        const outDir = folder.file(`cancelled-${kind}`)
        const onProgress = () => controller.abort()
        const input = { source, outDir, tools, onProgress, signal: controller.signal, limits: DEFAULT_LIMITS }
        const running = transcode({ ...input, probe: await probe(source, { tools }) })
        await assert.rejects(running, (error) => error instanceof MediaError && error.code === 'cancelled')
        assert.deepEqual(await readdir(outDir), [])
      })
    }

    test('a file cut short or with flipped bits ends ready or with a reason', async () => {
      const whole = await readFile(folder.file('clip.mp4'))
      for (const [index, mutant] of mutants(whole, 8).entries()) {
        const source = folder.file(`mutant-${index}.mp4`)
        await writeFile(source, mutant)
        const outcome = await run(source, build).catch((error: unknown) => error)
        assert.ok(!(outcome instanceof Error) || outcome instanceof MediaError, String(outcome))
        if (outcome instanceof MediaError)
          assert.deepEqual(await readdir(`${source}.out`).catch(() => []), [])
      }
    })
  })
}

function ownFolder() {
  const made = {} as { folder: Awaited<ReturnType<typeof scratch>> }
  before(async () => {
    made.folder = await scratch()
  })
  after(() => made.folder[Symbol.asyncDispose]())
  return { file: (name: string) => made.folder.file(name) }
}

function fraction(num: number, den: number) {
  return { num, den }
}

function heights(manifest: Manifest, role: FileRole): (number | null)[] {
  return manifest.files.filter((file) => file.role === role).map((file) => file.height)
}

function sizes(manifest: Manifest, role: FileRole): string[] {
  return manifest.files.filter((file) => file.role === role).map((file) => `${file.width}x${file.height}`)
}

/** Writes a quarter turn into the display matrix of the first track, as phones do; no ffmpeg option does in all builds. */
function rotateTrack(file: Buffer): Buffer {
  const turned = Buffer.from(file)
  const matrix = turned.indexOf('tkhd') + 4 + 40
  const quarter = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]
  for (const [index, value] of quarter.entries()) turned.writeInt32BE(value, matrix + index * 4)
  return turned
}

/** Damaged copies by a fixed rule: every other one cut short, the rest with bits flipped by a small generator. */
function mutants(whole: Buffer, count: number): Buffer[] {
  let state = 7
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state % below
  }
  return Array.from({ length: count }, (_, index) => {
    if (index % 2 === 0) return whole.subarray(0, next(whole.length))
    const mutant = Buffer.from(whole)
    for (let flips = 0; flips < 40; flips += 1) {
      const at = next(mutant.length)
      mutant[at] = (mutant[at] ?? 0) ^ (1 << next(8))
    }
    return mutant
  })
}
