import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minimumRate } from './minimum-rate.ts'

const limits = { bytesPerSecond: 1000, windowMs: 60 }

async function* sender(chunks: number, bytes: number, pauseMs: number) {
  for (let sent = 0; sent < chunks; sent++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    yield Buffer.alloc(bytes)
  }
}

async function receive(body: AsyncIterable<Uint8Array>, pauseMs = 0) {
  let received = 0
  for await (const chunk of minimumRate(body, limits)) {
    received += chunk.length
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return received
}

test('a sender that is fast enough is not disturbed, for however long', async () => {
  assert.equal(await receive(sender(30, 100, 5)), 3000)
})

test('a dribble and a silence are cut off', async () => {
  await assert.rejects(receive(sender(1000, 1, 5)), { statusCode: 408 })
  await assert.rejects(receive(sender(1, 1, 400)), { statusCode: 408 })
})

test('a disk that makes the sender wait is not held against it', async () => {
  assert.equal(await receive(sender(4, 10, 0), 30), 40)
})
