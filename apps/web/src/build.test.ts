import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { buildWeb } from './build.ts'

const BUDGET_BYTES = 200_000

test('the first page stays within its budget, and an up-to-date build is not built again', async (t) => {
  const outDir = await mkdtemp(join(tmpdir(), 'rushes-web-build-'))
  t.after(() => rm(outDir, { recursive: true, force: true }))
  assert.deepEqual(await buildWeb({ outDir }), { root: outDir, built: true })
  assert.deepEqual(await buildWeb({ outDir }), { root: outDir, built: false })

  const page = await readFile(join(outDir, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="\/(static\/[^"]+\.js)"/g)].map((match) => match[1] ?? '')
  assert.ok(scripts.length > 0)
  const sizes = await Promise.all(
    scripts.map(async (path) => gzipSync(await readFile(join(outDir, path))).length),
  )
  const total = sizes.reduce((sum, size) => sum + size, 0)
  assert.ok(total <= BUDGET_BYTES, `${total} bytes of script, gzipped`)
  const text = await Promise.all(scripts.map((path) => readFile(join(outDir, path), 'utf8')))
  assert.ok(
    !text.some((script) => script.includes('EXT-X-STREAM-INF')),
    'hls.js is loaded only when a video opens',
  )
})

test('builds at the same time end with one whole folder', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-web-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const outDir = join(folder, 'dist')
  // Processes build at once, so in their own.
  const script = `await (await import(${JSON.stringify(import.meta.resolve('./build.ts'))})).buildWeb({ outDir: ${JSON.stringify(outDir)} })`
  const run = promisify(execFile)
  await Promise.all([1, 2].map(() => run(process.execPath, ['--input-type=module', '--eval', script])))
  assert.deepEqual(await readdir(folder), ['dist'])
  assert.equal((await buildWeb({ outDir })).built, false)
})
