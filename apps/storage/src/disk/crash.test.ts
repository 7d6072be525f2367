import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ReceivedPart, Upload } from '../blob-store.ts'
import { checksum } from '../checksum.ts'
import { bodyOf, randomBytes, sha256, testStore, testUpload } from '../testing.ts'
import { openDiskStore } from './open-disk-store.ts'

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url))

/** Runs the child until it has acknowledged what it can, then kills it; returns what it acknowledged. */
async function acknowledgedBeforeKill(
  root: string,
  upload: Upload,
  parts: object[],
): Promise<ReceivedPart[]> {
  const run = spawn(process.execPath, [child, root, JSON.stringify({ upload, parts })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(run, 'exit')
  const acknowledged: ReceivedPart[] = []
  for await (const line of createInterface(run.stdout)) {
    if (line === 'done') break
    acknowledged.push(JSON.parse(line))
  }
  run.kill('SIGKILL')
  await gone
  return acknowledged
}

test('an upload survives kill -9: acknowledged parts stay, the others are sent again', async () => {
  await using it = await testStore()
  const bytes = randomBytes(40_000)
  const upload = testUpload(bytes.length, 4)
  const piece = (index: number) => bytes.subarray(index * 10_000, (index + 1) * 10_000)
  const parts = [2, 0, 1].map((index) => ({
    index,
    base64: piece(index).toString('base64'),
    hangs: index === 1,
  }))
  const record = await acknowledgedBeforeKill(it.root, upload, parts)
  assert.deepEqual(
    record.map(({ index }) => index),
    [2, 0],
  )
  const restarted = await openDiskStore({ root: it.root })
  for (const index of [1, 3])
    record.push(await restarted.putPart(upload, { index, size: 10_000, body: bodyOf(piece(index)) }))
  await restarted.finishUpload(upload, record)
  assert.equal((await checksum(restarted, upload.key)).sha256, sha256(bytes))
  assert.deepEqual(await it.files(), [upload.key])
})
