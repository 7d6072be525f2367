import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { type Channel, LongPoll, Presence, Socket } from 'phoenix'
import { testServer } from './testing.ts'

const transports = { WebSocket, LongPoll }
type Running = Awaited<ReturnType<typeof testServer>>

function connect(running: Running, options: object = {}) {
  const socket = new Socket(running.url, {
    reconnectAfterMs: () => 20,
    rejoinAfterMs: () => 20,
    timeout: 2000,
    ...options,
  })
  socket.connect()
  return { socket, [Symbol.dispose]: () => socket.disconnect() }
}

const outcome = (push: ReturnType<Channel['push']>) =>
  new Promise<[string, unknown]>((resolve) => {
    for (const status of ['ok', 'error', 'timeout'] as const) {
      push.receive(status, (response) => resolve([status, response]))
    }
  })

const nextEvent = (channel: Channel, event: string, wanted: (payload: Received) => boolean = () => true) =>
  new Promise<Received>((resolve) => {
    const ref = channel.on(event, (payload) => {
      if (!wanted(payload)) return
      channel.off(event, ref)
      resolve(payload)
    })
  })

type Received = { joins?: object }

for (const [name, transport] of Object.entries(transports)) {
  test(`the phoenix client over ${name}: join, push, broadcast, refusal, leave`, async () => {
    await using running = await testServer()
    using one = connect(running, { transport })
    using two = connect(running, { transport })
    const a = one.socket.channel('rooms:1')
    const b = two.socket.channel('rooms:1')
    assert.deepEqual(await outcome(a.join()), ['ok', { token: null }])
    assert.deepEqual(await outcome(b.join()), ['ok', { token: null }])
    assert.deepEqual(await outcome(a.push('echo', { n: 1 })), ['ok', { n: 1 }])
    assert.deepEqual(await outcome(a.push('nonsense', {})), ['error', { reason: 'unmatched event' }])
    const said = nextEvent(b, 'said')
    a.push('say', { n: 2 })
    assert.deepEqual(await said, { n: 2 })
    const refused = one.socket.channel('rooms:2', { refuse: true })
    assert.deepEqual(await outcome(refused.join()), ['error', { reason: 'not_found' }])
    refused.leave()
    assert.equal((await outcome(a.leave()))[0], 'ok')
    assert.equal(a.state, 'closed')
  })

  test(`the phoenix client over ${name}: rejoins after a crash, stays away after a close`, async () => {
    await using running = await testServer()
    using one = connect(running, { transport })
    const channel = one.socket.channel('rooms:1')
    await outcome(channel.join())
    const failed = new Promise<void>((resolve) => channel.onError(() => resolve()))
    channel.push('crash', {})
    await failed
    assert.equal((await outcome(channel.push('echo', {})))[0], 'ok', 'pushed again once it has rejoined')
    const closed = new Promise<void>((resolve) => channel.onClose(() => resolve()))
    channel.push('close', {})
    await closed
    assert.equal(channel.state, 'closed')
  })

  test(`the phoenix client over ${name}: reconnects when it was dropped, with a fresh payload`, async () => {
    await using running = await testServer()
    using one = connect(running, { transport })
    let joins = 0
    const channel = one.socket.channel('rooms:1', () => ({ name: `try ${++joins}` }))
    await outcome(channel.join())
    const again = nextEvent(channel, 'presence_diff', ({ joins }) => 'try 2' in (joins ?? {}))
    for (const connection of running.server.connections) connection.terminate()
    await again
  })

  test(`the phoenix client over ${name}: authToken`, async () => {
    await using running = await testServer()
    using one = connect(running, { transport, authToken: 'fio-u-~~>>>' })
    assert.deepEqual(await outcome(one.socket.channel('rooms:1').join()), ['ok', { token: 'fio-u-~~>>>' }])
  })
}

test('the phoenix client reads binary replies, pushes and broadcasts', async () => {
  await using running = await testServer()
  using one = connect(running)
  const channel = one.socket.channel('rooms:1')
  await outcome(channel.join())
  const bytes = Uint8Array.of(1, 2, 255).buffer
  assert.deepEqual(await outcome(channel.push('echo', bytes)), ['ok', bytes])
  const pushed = nextEvent(channel, 'pushed')
  channel.push('push', bytes)
  assert.deepEqual(await pushed, bytes)
  const sent = nextEvent(channel, 'sent')
  running.server.broadcast('rooms:1', 'sent', new Uint8Array(bytes))
  assert.deepEqual(await sent, bytes)
})

test("the phoenix client's Presence follows who comes and goes", async () => {
  await using running = await testServer()
  using one = connect(running)
  const channel = one.socket.channel('rooms:1', { name: '__proto__' })
  const presence = new Presence(channel)
  const changes: string[] = []
  let changed = Promise.withResolvers<void>()
  const note = (what: string) => (key?: string) => {
    changes.push(`${what} ${key}`)
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const until = async (count: number) => {
    while (changes.length < count) await changed.promise
  }
  presence.onJoin(note('join'))
  presence.onLeave(note('leave'))
  await outcome(channel.join())
  const two = connect(running)
  await outcome(two.socket.channel('rooms:1', { name: 'ana' }).join())
  await until(2)
  two[Symbol.dispose]()
  await until(3)
  assert.deepEqual(changes, ['join __proto__', 'join ana', 'leave ana'])
})

test('disposing drops every client and refuses new ones', async () => {
  const running = await testServer()
  const one = connect(running)
  await outcome(one.socket.channel('rooms:1').join())
  const dropped = new Promise<CloseEvent>((resolve) => one.socket.onClose(resolve))
  const disposed = running[Symbol.asyncDispose]()
  assert.equal((await dropped).code, 1006, 'TCP drop: after a close frame some clients stay away')
  await disposed
  one[Symbol.dispose]()
  assert.equal(running.server.connections.size, 0)
})

test('an endpoint that is disposed drops its own clients alone, and its HTTP server can close', async () => {
  await using running = await testServer()
  const http = createServer()
  const endpoint = running.server.attach(http, '/other')
  await once(http.listen(0, '127.0.0.1'), 'listening')
  using stays = connect(running)
  const socket = new Socket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/other`)
  const opened = new Promise<void>((resolve) => socket.onOpen(resolve))
  const dropped = new Promise<void>((resolve) => socket.onClose(() => resolve()))
  socket.connect()
  await Promise.all([outcome(stays.socket.channel('rooms:1').join()), opened])
  await endpoint[Symbol.asyncDispose]()
  await dropped
  socket.disconnect()
  http.close()
  await once(http, 'close')
  assert.equal(running.server.connections.size, 1)
})
