import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSender, signWebhook } from '@rushes/events'
import { webhookSink } from './webhook-sink.ts'

const body = '{"resource":{"id":"1","type":"asset"},"type":"asset.created"}'

test('the sink takes what is signed now with its secret, and nothing else', async () => {
  await using sink = await webhookSink(() => 'secret')
  await using sender = createSender({ allowInsecureLoopback: true })
  const now = Math.floor(Date.now() / 1000)
  const post = async (secret: string, timestamp: number, sent = body) => {
    const signature = signWebhook(secret, timestamp, body)
    const headers = {
      'x-frameio-request-timestamp': String(timestamp),
      'x-frameio-signature': signature,
    }
    return (await sender.send({ url: sink.url, body: sent, headers })).status
  }
  assert.deepEqual(
    [await post('guess', now), await post('secret', now - 301), await post('secret', now, `${body} `)],
    [401, 401, 401],
  )
  const expected = sink.waitFor(({ event }) => event.type === 'asset.created')
  assert.equal(await post('secret', now), 200)
  assert.equal((await expected).body, body)
  sink.answer = 500
  assert.equal(await post('secret', now), 500)
  assert.equal(sink.received.length, 1)
})
