import assert from 'node:assert/strict'
import { chmod, copyFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { MediaError } from '../errors.ts'
import { everyBuild } from '../testing/builds.ts'
import { scratch } from '../testing/files.ts'
import { findTools } from './find-tools.ts'
import { isRecentEnough } from './inspect.ts'

const [build] = await everyBuild()
assert.ok(build)

/** A stand-in that answers as an ffmpeg of the given version does, with every part we need. */
async function fakeFfmpeg(path: string, version: string): Promise<void> {
  const parts =
    'libx264 aac mjpeg png fps scale split tile overlay geq aresample showwavespic transpose yadif hls mp4 image2'
  const lists = parts.split(' ').map((name) => `echo " V ${name}"`)
  const banner = `echo "ffmpeg version ${version} Copyright (c) 2000-2019 the FFmpeg developers"`
  await writeFile(path, ['#!/bin/sh', banner, ...lists].join('\n'))
  await chmod(path, 0o755)
}

test('a configured ffmpeg comes first, and its age is warned about', async () => {
  await using folder = await scratch()
  await fakeFfmpeg(folder.file('ffmpeg'), '4.1')
  await copyFile(build.ffprobe, folder.file('ffprobe'))
  const tools = await findTools({ ffmpeg: folder.file('ffmpeg'), path: '/nowhere' })
  assert.deepEqual([tools.source, tools.version, tools.year], ['configured', '4.1', 2019])
  assert.equal(tools.ffprobe, folder.file('ffprobe'))
  assert.match(tools.warnings[0] ?? '', /from 2019/)
})

test('a configured ffmpeg that does not work is an error, not replaced', async () => {
  const missing = findTools({ ffmpeg: '/nowhere/ffmpeg' })
  await assert.rejects(missing, (error) => error instanceof MediaError && error.code === 'tools_missing')
})

test('a system ffmpeg before 5.1 is passed over', async () => {
  await using folder = await scratch()
  await fakeFfmpeg(folder.file('ffmpeg'), '4.4.2-0ubuntu0')
  await copyFile(build.ffprobe, folder.file('ffprobe'))
  await assert.rejects(findTools({ path: folder.path, sources: ['system'] }), /older than 5\.1/)
})

test('an ffmpeg that lacks a part we need is passed over, and the part named', async () => {
  await using folder = await scratch()
  await writeFile(folder.file('ffmpeg'), '#!/bin/sh\necho "ffmpeg version 8.1 Copyright (c) 2000-2026"\n')
  await chmod(folder.file('ffmpeg'), 0o755)
  await copyFile(build.ffprobe, folder.file('ffprobe'))
  await assert.rejects(findTools({ path: folder.path, sources: ['system'] }), /lacks .*libx264/)
})

test('without a system one, the one that came by npm serves', async () => {
  const tools = await findTools({ path: '/nowhere' })
  assert.equal(tools.source, 'npm')
  assert.ok(tools.warnings.some((warning) => warning.includes(String(tools.year))))
})

test('releases compare by number, builds from git by year', () => {
  const of = (version: string, year = 2026) => isRecentEnough({ version, year, missing: [] })
  assert.deepEqual(
    ['5.1.9-0+deb12u1', '5.1', 'n7.1', '10.0', '5.0.3', '4.4.2'].map((version) => of(version)),
    [...[true, true, true, true, false, false]],
  )
  assert.deepEqual([of('N-47683-g0e8eb07980', 2018), of('N-112233-gabc', 2024)], [false, true])
})
