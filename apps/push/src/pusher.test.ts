import assert from 'node:assert/strict'
import { createECDH, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createPusher, createVapidKeys, type PushTransport } from './index.ts'

const vapid = createVapidKeys()
const subscription = {
  endpoint: 'https://push.example.com/1',
  keys: {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  },
}
const message = { title: 'Ana', body: 'Too dark', url: 'https://r.example/a/1' }

const pusher = (answer: Awaited<ReturnType<PushTransport>>) => {
  const requests: Parameters<PushTransport>[0][] = []
  const send: PushTransport = async (request) => {
    requests.push(request)
    return answer
  }
  return { requests, ...createPusher({ vapid, contact: 'mailto:ops@example.com', send }) }
}

test('what a push service answers becomes what to do', async () => {
  const cases: [Awaited<ReturnType<PushTransport>>, object][] = [
    [{ ok: true, status: 201 }, { outcome: 'sent' }],
    [{ ok: false, status: 404 }, { outcome: 'gone' }],
    [{ ok: false, status: 410 }, { outcome: 'gone' }],
    [
      { ok: false, status: 429, retryAfterSeconds: 30 },
      { outcome: 'later', afterSeconds: 30 },
    ],
    [{ ok: false, status: 503 }, { outcome: 'later' }],
    [{ ok: false }, { outcome: 'later' }],
    [{ ok: false, status: 400 }, { outcome: 'refused' }],
    [{ ok: false, status: 403 }, { outcome: 'refused' }],
    [{ ok: false, status: 413 }, { outcome: 'refused' }],
  ]
  for (const [answer, result] of cases)
    assert.deepEqual(await pusher(answer).push(subscription, message), result)
})

test('a message of any length fits, unless its link does not', async () => {
  const { push, requests } = pusher({ ok: true })
  const long = { ...message, title: '🎬'.repeat(500), body: '🎬'.repeat(5000) }
  assert.deepEqual(await push(subscription, long), { outcome: 'sent' })
  assert.ok((requests[0]?.body.length ?? Number.NaN) <= 4096)
  const link = `https://r.example/${'x'.repeat(5000)}`
  assert.deepEqual(await push(subscription, { ...message, url: link }), { outcome: 'refused' })
  assert.equal(requests.length, 1)
})

test('keys that no browser gives are refused without a request', async () => {
  const { push, requests } = pusher({ ok: true })
  for (const keys of [
    { p256dh: 'AAAA', auth: 'AAAA' },
    { p256dh: '', auth: '' },
  ])
    assert.deepEqual(await push({ ...subscription, keys }, message), { outcome: 'refused' })
  assert.equal(requests.length, 0)
})
