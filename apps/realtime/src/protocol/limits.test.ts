import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawClient, testServer } from './testing.ts'

test('a client that does not read is dropped at its bound; others hear everything', async () => {
  await using running = await testServer()
  using slow = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  using quick = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  for (const client of [slow, quick]) {
    client.send('["1","1","rooms:1","phx_join",{}]')
    await client.next()
  }
  slow.socket.pause()
  const payload = { text: 'x'.repeat(64 * 1024) }
  let sent = 0
  while (running.server.connections.size === 2) {
    running.server.broadcast('rooms:1', 'news', payload)
    await quick.next()
    sent += 1
    assert.ok(sent < 3200, '200 MB and still connected')
  }
  running.server.broadcast('rooms:1', 'news', { last: true })
  assert.match((await quick.next()) ?? '', /last/)
})

test('a client that lags misses what may be dropped, and gets the rest', async () => {
  await using running = await testServer({ limits: { maxBufferedBytes: 64 * 1024 * 1024 } })
  using client = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  client.send('["1","1","rooms:1","phx_join",{}]')
  await client.next()
  client.socket.pause()
  const text = 'x'.repeat(1024 * 1024)
  for (let n = 0; n < 100; n++) running.server.broadcast('rooms:1', 'playhead', { text }, { droppable: true })
  running.server.broadcast('rooms:1', 'news', {})
  client.socket.resume()
  let frames = 0
  while (!(await client.next())?.includes('"news"')) frames += 1
  assert.ok(frames > 0 && frames < 100, `${frames} of 100 arrived`)
})

test('a silent client is dropped, one that beats stays', async () => {
  await using running = await testServer({ limits: { idleMs: 200 } })
  using silent = await rawClient(`${running.url}/websocket`)
  using alive = await rawClient(`${running.url}/websocket`)
  const beat = setInterval(() => alive.send('[null,"1","phoenix","heartbeat",{}]'), 50)
  assert.equal(await silent.closed, 1006)
  assert.equal(running.server.connections.size, 1)
  clearInterval(beat)
})

test('what is broadcast within one window leaves in one write, in order', async () => {
  await using running = await testServer({ limits: { batchMs: 20 } })
  using client = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  client.send('["1","1","rooms:1","phx_join",{}]')
  await client.next()
  for (let n = 0; n < 50; n++) running.server.broadcast('rooms:1', 'news', { n })
  for (let n = 0; n < 50; n++) assert.equal(await client.next(), `[null,null,"rooms:1","news",{"n":${n}}]`)
})
