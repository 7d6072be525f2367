import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Channel } from 'phoenix'
import { WebSocket } from 'ws'
import { MemoryLive } from './memory-live.ts'
import { refusedStatus } from './protocol/testing.ts'
import { follower, phoenixClient, testRealtime } from './testing.ts'

const project = randomUUID()
const asset = randomUUID()
const link = randomUUID()
const ana = randomUUID()
const topic = `projects:${project}`

function scene() {
  const live = new MemoryLive()
  for (const person of [ana, 'ben']) live.allow(person, topic, project)
  live.allow('staff', topic, project, 'team', false)
  live.allow(ana, `users:${ana}`, null, 'self')
  for (const person of [ana, 'ben']) live.allow(person, `assets:${asset}`, project)
  live.allow('guest', `assets:${asset}`, project, `link:${link}`)
  live.allow('guest', `review_links:${link}`, project, `link:${link}`)
  return live
}

const nextEvent = (channel: Channel, event: string) =>
  new Promise<Record<string, unknown>>((resolve) => {
    const ref = channel.on(event, (payload) => {
      channel.off(event, ref)
      resolve(payload)
    })
  })

const outcome = (push: ReturnType<Channel['push']>) =>
  new Promise<[string, unknown]>((resolve) => {
    for (const status of ['ok', 'error'] as const)
      push.receive(status, (response) => resolve([status, response]))
  })

test('foreign, absent and malformed topics can not be told apart by whom they are not for', async () => {
  await using running = await testRealtime({}, scene())
  using guest = phoenixClient(running.url, 'token-guest')
  using nobody = phoenixClient(running.url, 'guessed')
  const refusal = async (client: typeof guest, name: string) => {
    const { channel, joined } = client.join(name)
    const answer = await joined
    channel.leave()
    return answer
  }
  for (const name of [topic, `projects:${randomUUID()}`, `users:${ana}`, `review_links:${randomUUID()}`]) {
    assert.deepEqual(await refusal(guest, name), ['error', { reason: 'not_found' }])
    assert.deepEqual(await refusal(nobody, name), ['error', { reason: 'unauthenticated' }])
  }
  for (const name of [
    'projects:1',
    'projects:__proto__',
    `Projects:${project}`,
    `events:${project}`,
    `${topic}:x`,
  ]) {
    assert.deepEqual(await refusal(guest, name), ['error', { reason: 'unmatched topic' }])
  }
})

test('a cookie counts from a page of this origin only, and a token never from the URL', async () => {
  const live = scene()
  await using running = await testRealtime({ origins: ['https://app.example.com'] }, live)
  const url = `${running.url}/websocket`
  const origin = `http://127.0.0.1:${running.port}`
  const cookie = `other=1; rushes_session=token-${ana}`
  assert.equal(await refusedStatus(url, { headers: { cookie } }), 403, 'a cookie without an origin')
  assert.equal(await refusedStatus(url, { headers: { cookie }, origin: 'https://evil.example' }), 403)
  assert.equal(await refusedStatus(url, { headers: { cookie }, origin: 'null' }), 403)
  for (const name of ['token', 'user_token', 'access_token', 'api_key', 'params[token]']) {
    assert.equal(await refusedStatus(`${url}?vsn=2.0.0&${name}=token-ben`), 403, name)
  }
  assert.equal(await refusedStatus(url, { headers: { authorization: 'Bearer guessed' } }), 403)
  // The page's own origin: as the browser sees it, or as configured when a proxy changes Host.
  for (const own of [origin, 'https://app.example.com']) {
    class OwnPage extends WebSocket {
      constructor(address: string) {
        super(address, { headers: { cookie }, origin: own })
      }
    }
    using page = phoenixClient(running.url, 'unused', { transport: OwnPage })
    const { joined } = page.join(topic, { user_token: undefined })
    assert.equal((await joined)[0], 'ok', own)
  }
})

test('whoever loses a project is out, and hears nothing more', async () => {
  const live = scene()
  await using running = await testRealtime({ recheckMs: 60_000 }, live)
  using ben = await follower(running.url, 'token-ben', topic)
  using witness = await follower(running.url, `token-${ana}`, topic)
  for (const { until } of [ben, witness]) await until(({ joins }) => joins.length === 1)
  const closed = new Promise<void>((resolve) => ben.channel.onClose(() => resolve()))
  live.forbid('ben', topic)
  live.commit(project, 'collaborator.deleted', {}, { access: true })
  await closed
  for (let n = 0; n < 100; n++) live.commit(project, 'comment.created', { team: {} })
  await witness.until(({ events }) => events.length === 100)
  assert.deepEqual(ben.seen.events, [])
})

test('a revoked token closes its connection with 4401 within the recheck', async () => {
  const live = scene()
  await using running = await testRealtime({ recheckMs: 50 }, live)
  const socket = new WebSocket(`${running.url}/websocket?vsn=2.0.0`, {
    headers: { authorization: `Bearer token-${ana}` },
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((open) => socket.on('open', open))
  live.tokens.delete(`token-${ana}`)
  assert.equal(await closed, 4401)
})

test('a link that ends while its guest listens closes the channel, and a changed role rejoins as what it is now', async () => {
  const live = scene()
  await using running = await testRealtime({ recheckMs: 50 }, live)
  using guest = await follower(running.url, 'token-guest', `review_links:${link}`)
  await guest.until(({ joins }) => joins.length === 1)
  live.commit(project, 'comment.created', { team: { text: 'private' } })
  live.commit(project, 'comment.created', { team: {}, [`link:${link}`]: { text: 'shown' } })
  await guest.until(({ events }) => events.length === 1)
  assert.equal(guest.seen.events[0]?.text, 'shown')
  const closed = new Promise<void>((resolve) => guest.channel.onClose(() => resolve()))
  live.forbid('guest', `review_links:${link}`)
  await closed

  using ben = await follower(running.url, 'token-ben', topic)
  await ben.until(({ joins }) => joins.length === 1)
  live.allow('ben', topic, project, 'everyone')
  await ben.until(({ joins }) => joins.length === 2)
  live.commit(project, 'comment.created', { team: {} })
  live.commit(project, 'comment.created', { team: {}, everyone: {} })
  await ben.until(({ events }) => events.length > 0)
  assert.deepEqual(
    ben.seen.events.map(({ seq }) => seq),
    [4],
  )
})

test("Frame.io's upload progress reaches the others of the project, latest first to ten times a second", async () => {
  await using running = await testRealtime({}, scene())
  using one = phoenixClient(running.url, `token-${ana}`)
  using two = phoenixClient(running.url, 'token-ben')
  using staff = phoenixClient(running.url, 'token-staff')
  const [a, b, s] = [one.join(topic), two.join(topic), staff.join(topic)]
  for (const { joined } of [a, b, s]) assert.equal((await joined)[0], 'ok')
  const progress = (sent_bytes: number, extra = {}) => ({
    connection_id: randomUUID(),
    type: 'UploadProgressClient',
    data: { asset_id: asset, sent_bytes, total_bytes: 100, version: '1.0.0' },
    ...extra,
  })
  const seen: unknown[] = []
  const complete = new Promise<void>((resolve) => {
    b.channel.on('UploadProgressClient', ({ data }) => {
      seen.push(data.sent_bytes)
      if (data.sent_bytes === 50) resolve()
    })
  })
  for (let sent = 1; sent <= 50; sent++) a.channel.push('UploadProgressClient', progress(sent))
  await complete
  assert.deepEqual(seen, [1, 50])
  const refused = async (channel: Channel, payload: object) =>
    outcome(channel.push('UploadProgressClient', payload))
  assert.deepEqual(await refused(a.channel, progress(-1)), ['error', { reason: 'invalid' }])
  assert.deepEqual(await refused(a.channel, progress(1, { type: 'comment.created' })), [
    'error',
    { reason: 'invalid' },
  ])
  assert.deepEqual(await refused(s.channel, progress(1)), ['error', { reason: 'forbidden' }])
  assert.deepEqual(await outcome(a.channel.push('comment.created', { seq: 1 })), [
    'error',
    { reason: 'unmatched event' },
  ])
})

test('viewers of an asset see each other, typing and playheads; guests see guests', async () => {
  await using running = await testRealtime({}, scene())
  using one = phoenixClient(running.url, `token-${ana}`)
  using two = phoenixClient(running.url, 'token-ben')
  using guest = phoenixClient(running.url, 'token-guest')
  const a = one.join(`assets:${asset}`)
  await nextEvent(a.channel, 'presence_state')
  const g = guest.join(`assets:${asset}`)
  const guests = await nextEvent(g.channel, 'presence_state')
  assert.deepEqual(guests, {})
  const b = two.join(`assets:${asset}`)
  const state = await nextEvent(b.channel, 'presence_state')
  assert.deepEqual(Object.keys(state), [ana])
  const heard = nextEvent(b.channel, 'playhead')
  g.channel.push('playhead', { frame: 1 })
  a.channel.push('playhead', { frame: 240, playing: true, person_id: 'forged' })
  assert.deepEqual(await heard, { frame: 240, playing: true, person_id: ana, name: ana })
  const left = nextEvent(a.channel, 'presence_diff')
  b.channel.leave()
  assert.deepEqual(Object.keys((await left).leaves as object), ['ben'])
})

test("a person's inbox tells what comes in, once", async () => {
  const live = scene()
  live.inboxes.push({ id: 'old', userId: ana, body: { id: 'old' } })
  await using running = await testRealtime({ pollMs: 20 }, live)
  using one = phoenixClient(running.url, `token-${ana}`)
  const { channel, joined } = one.join(`users:${ana}`)
  await joined
  const told: unknown[] = []
  channel.on('notification.created', ({ id }) => void told.push(id))
  for (const id of ['first', 'second']) {
    const heard = nextEvent(channel, 'notification.created')
    live.inboxes.push({ id, userId: ana, body: { id } })
    await heard
  }
  assert.deepEqual(told, ['first', 'second'])
})
