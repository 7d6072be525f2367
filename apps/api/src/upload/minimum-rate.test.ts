import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { minimumRate } from './minimum-rate.ts'

const limits = { bytesPerSecond: 1000, windowMs: 50 }

/** Sends `pieces` of `bytes` every 10 ms to a server that reads as `read` does; resolves with what came of the body. */
async function send(pieces: number, bytes: number, read: (body: IncomingMessage) => Promise<number>) {
  const outcome = Promise.withResolvers<number>()
  outcome.promise.catch(() => {})
  await using server = createServer(async (incoming, response) => {
    using _watch = minimumRate(incoming, limits)
    await read(incoming).then(outcome.resolve, outcome.reject)
    response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const sent = request({ port, method: 'PUT' }).on('error', () => {})
  for (let piece = 0; piece < pieces && !sent.destroyed; piece++) {
    sent.write(Buffer.alloc(bytes))
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const settled = outcome.promise.finally(() => sent.destroy())
  if (bytes > 1) sent.end()
  return settled
}

async function count(body: IncomingMessage): Promise<number> {
  let received = 0
  for await (const chunk of body) received += chunk.length
  return received
}

test('a sender that is fast enough is not disturbed, for however long', async () => {
  assert.equal(await send(30, 100, count), 3000)
})

test('a dribble is cut off, and so is silence', async () => {
  await assert.rejects(send(100, 1, count), /too slowly/)
  await assert.rejects(send(1, 1, count), /too slowly/)
})

test('a disk that makes the sender wait is not held against it', async () => {
  const slowly = async (body: IncomingMessage) => {
    await once(body, 'readable')
    await new Promise((resolve) => setTimeout(resolve, 200))
    return count(body)
  }
  assert.equal(await send(4, 10, slowly), 40)
})
