import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { testServer } from './testing.ts'

const load = createRequire(import.meta.url)

/** Clients of 2019, 2022 and 2024, unmodified; the newest has a file of its own. */
for (const name of ['phoenix-1-4', 'phoenix-1-6', 'phoenix-1-7']) {
  const { Socket } = load(name) as typeof import('phoenix')

  test(`${name}: joins, is answered, hears others, rejoins after a crash and after a lost connection`, async () => {
    await using running = await testServer()
    const socket = new Socket(running.url, {
      transport: WebSocket,
      timeout: 2000,
      reconnectAfterMs: () => 10,
      rejoinAfterMs: () => 10,
    })
    socket.connect()
    using _ = { [Symbol.dispose]: () => disconnect(socket) }
    let joins = 0
    const channel = socket.channel('rooms:1', () => ({ name: `try ${++joins}` }))
    const present = (who: string) =>
      new Promise<void>((resolve) => {
        const note = (payload: object) => {
          if (JSON.stringify(payload).includes(who)) resolve()
        }
        channel.on('presence_diff', note)
        channel.on('presence_state', note)
      })

    const first = present('try 1')
    channel.join()
    await first
    const said = new Promise<object>((resolve) => channel.push('echo', { n: 1 }).receive('ok', resolve))
    assert.deepEqual(await said, { n: 1 })
    const refused = new Promise<object>((resolve) => channel.push('nonsense', {}).receive('error', resolve))
    assert.deepEqual(await refused, { reason: 'unmatched event' })
    const news = new Promise<object>((resolve) => channel.on('news', resolve))
    running.server.broadcast('rooms:1', 'news', { n: 2 })
    assert.deepEqual(await news, { n: 2 })

    const second = present('try 2')
    channel.push('crash', {})
    await second
    const third = present('try 3')
    for (const connection of running.server.connections) connection.terminate()
    await third
    const left = new Promise<void>((resolve) => channel.leave().receive('ok', resolve))
    await left
  })
}

/** 1.4 forgets to stop its heartbeat. */
function disconnect(socket: InstanceType<typeof import('phoenix').Socket>) {
  socket.disconnect()
  clearInterval((socket as unknown as { heartbeatTimer?: NodeJS.Timeout }).heartbeatTimer)
}
