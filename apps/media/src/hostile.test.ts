import assert from 'node:assert/strict'
import { copyFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { MediaError } from './errors.ts'
import { DEFAULT_LIMITS, probeRunLimits } from './limits.ts'
import { failureFrom } from './probe/failure.ts'
import { probe } from './probe/probe.ts'
import { runTool } from './sandbox/run-tool.ts'
import { everyBuild, everyConfinement } from './testing/builds.ts'
import { ffmpegByHand, scratch } from './testing/files.ts'
import { BOMBS, type Canaries, PLAYLISTS } from './testing/hostile-files.ts'
import type { Tools } from './tools/tools.ts'
import { transcode } from './transcode/transcode.ts'
import { guardedInput } from './whitelists.ts'

for (const build of await everyBuild()) {
  for (const [rank, tools] of (await everyConfinement(build)).entries()) {
    // Bombs meet the same limits under every confinement; once with each build is enough.
    const files = rank === 0 ? [...PLAYLISTS, ...BOMBS] : PLAYLISTS
    describe(`the ${tools.source} ffmpeg under ${tools.confinement.kind}`, () => {
      const trap = setTrap(build)

      for (const hostile of files) {
        test(`${hostile.name} ends as a typed failure`, async () => {
          const path = trap.file('upload.mp4')
          await hostile.write(path, build, trap.canaries)
          await trap.arm()
          const error = await attempt(tools, path, trap.file('out'))
          assert.ok(error instanceof MediaError, `ended as ${error}`)
          assert.ok(hostile.reasons.includes(error.code), `${error.code}: ${error.message} ${error.cause}`)
          assert.ok(error.isFinal)
          assert.deepEqual(await readdir(trap.file('out')).catch(() => []), [])
          await trap.assertUntouched()
        })
      }

      test('names are only data', async () => {
        const names = [
          '-i',
          '-evil.jpg',
          'x%03d.jpg',
          'concat:a.jpg',
          `a'b"c;$(id).jpg`,
          `${'é'.repeat(120)}.jpg`,
          '\u202egpj.exe',
        ]
        await picture(build, trap.file('x001.jpg'), '64x64')
        await picture(build, trap.file('plain.jpg'), '48x32')
        for (const name of names) {
          await copyFile(trap.file('plain.jpg'), trap.file(name))
          const { video } = await probe(trap.file(name), { tools })
          assert.deepEqual([video?.width, video?.height], [48, 32], name)
        }
      })
    })
  }

  describe(`the second belt, with the ${build.source} ffmpeg`, () => {
    const trap = setTrap(build)

    for (const demuxer of ['hls', 'concat', 'sdp', 'image2', 'tty']) {
      test(`${demuxer} is refused even where the magic bytes would let it through`, async () => {
        const path = trap.file('upload.mp4')
        await writeFile(path, `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n${trap.canaries.file}\n`)
        await trap.arm()
        const { status, stderr } = await unjailedProbe(build, demuxer, path)
        assert.notEqual(status, 0)
        assert.match(stderr, /not on whitelist|Unknown input format/)
        assert.equal(failureFrom(stderr).isFinal, true)
        await trap.assertUntouched()
      })
    }

    test('a decoder off the list is not opened, whatever the policy says', async () => {
      const path = trap.file('magic.mkv')
      const source = ['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=5', '-frames:v', '2', '-c:v', 'magicyuv']
      await ffmpegByHand(build, [...source, path])
      const { stderr } = await unjailedProbe(build, 'matroska', path)
      assert.match(stderr, /not on whitelist/)
    })

    test('control: without the guards the trap snaps', async () => {
      const path = trap.file('upload.mp4')
      await writeFile(path, `ffconcat version 1.0\nfile ${trap.canaries.fileName}\n`)
      await trap.arm()
      await ffmpegByHand(build, ['-i', path, '-f', 'null', '-'])
      await assert.rejects(trap.assertUntouched())
    })
  })
}

async function attempt(tools: Tools, source: string, outDir: string): Promise<unknown> {
  try {
    await transcode({ source, outDir, probe: await probe(source, { tools }), tools })
    return 'a success'
  } catch (error) {
    return error
  }
}

/** Runs ffprobe behind the whitelists alone: no sniffing before it, no jail around it. */
async function unjailedProbe(build: Tools, demuxer: string, path: string) {
  const kinds = await everyConfinement(build)
  const tools = kinds.find(({ confinement }) => confinement.kind !== 'bwrap') ?? build
  const limits = DEFAULT_LIMITS.source
  return runTool(tools, DEFAULT_LIMITS, {
    tool: 'ffprobe',
    mounts: { source: path },
    limits: probeRunLimits(1000),
    args: ({ source }) => ['-v', 'error', ...guardedInput(demuxer, source, limits.videoPixels, limits)],
  })
}

function picture(tools: Tools, path: string, size: string): Promise<Buffer> {
  return ffmpegByHand(tools, [
    '-f',
    'lavfi',
    '-i',
    `testsrc=s=${size}`,
    '-frames:v',
    '1',
    '-f',
    'image2',
    path,
  ])
}

/** A folder with a canary file beside the uploads, and a canary server. */
function setTrap(tools: Tools) {
  const parts = {} as { folder: Awaited<ReturnType<typeof scratch>>; server: Server; url: string }
  let calls = 0
  before(async () => {
    parts.folder = await scratch()
    parts.server = createServer((socket) => {
      calls += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => parts.server.listen(0, '127.0.0.1', resolve))
    const address = parts.server.address()
    parts.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const source = ['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=5', '-frames:v', '5', '-c:v', 'libx264']
    await ffmpegByHand(tools, [...source, '-f', 'mpegts', parts.folder.file('canary.ts')])
  })
  after(async () => {
    parts.server.close()
    await parts.folder[Symbol.asyncDispose]()
  })
  const canaryFile = () => parts.folder.file('canary.ts')
  return {
    file: (name: string) => parts.folder.file(name),
    get canaries(): Canaries {
      return { file: canaryFile(), fileName: 'canary.ts', url: parts.url }
    },
    /** A time of last reading before that of last writing makes the next read move it (Linux `relatime`). */
    async arm(): Promise<void> {
      calls = 0
      await utimes(canaryFile(), new Date(0), new Date())
    },
    async assertUntouched(): Promise<void> {
      assert.equal(calls, 0, 'the server was called')
      assert.equal((await stat(canaryFile())).atimeMs, 0, 'the file was read')
    },
  }
}
