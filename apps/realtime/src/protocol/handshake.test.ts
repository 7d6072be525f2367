import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { test } from 'node:test'
import { ConnectRefused } from './errors.ts'
import { rawClient, refusedStatus, testServer } from './testing.ts'

test('an unknown version, a foreign origin and a refusing connect end the handshake with an empty 403', async () => {
  await using running = await testServer({ ownOrigins: ['https://app.example.com'] })
  const url = `${running.url}/websocket`
  assert.equal(await refusedStatus(`${url}?vsn=3.0.0`), 403)
  assert.equal(await refusedStatus(`${url}?vsn=2`), 403)
  assert.equal(await refusedStatus(url, { origin: 'https://evil.example' }), 403)
  assert.equal(await refusedStatus(url, { origin: 'null' }), 403)
  assert.equal(await refusedStatus(url, { origin: `http://127.0.0.1:${running.port}.evil.example` }), 403)
  using listed = await rawClient(url, [], { origin: 'https://app.example.com' })
  using own = await rawClient(url, [], { origin: `http://127.0.0.1:${running.port}` })
  assert.ok(listed && own)
})

test('connect chooses the status of its refusal; what it throws otherwise is a 500', async () => {
  await using limited = await testServer({ connect: () => Promise.reject(new ConnectRefused(429)) })
  assert.equal(await refusedStatus(`${limited.url}/websocket`), 429)
  await using broken = await testServer({ connect: () => Promise.reject(new Error('no database')) })
  assert.equal(await refusedStatus(`${broken.url}/websocket`), 500)
  assert.equal(broken.failures.length, 1)
})

test('the bearer subprotocol is answered with phoenix, and its token decoded from either alphabet', async () => {
  await using running = await testServer()
  const token = '~~~???>>>'
  for (const alphabet of ['base64', 'base64url'] as const) {
    // Spoken by hand: ws refuses to offer a slash, which phoenix.js in looser runtimes does.
    const socket = createConnection(running.port, '127.0.0.1')
    socket.write(
      'GET /socket/websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n' +
        `Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.${Buffer.from(token).toString(alphabet)}\r\n\r\n`,
    )
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /101 Switching Protocols.*Sec-WebSocket-Protocol: phoenix\r\n/s)
    const [connection] = running.server.connections
    assert.equal(connection?.session.token, token)
    connection?.terminate()
    socket.destroy()
  }
})

test('other paths of the HTTP server stay as they were; other upgrades get 404', async () => {
  await using running = await testServer()
  const response = await fetch(`http://127.0.0.1:${running.port}/socket`)
  assert.equal(await response.text(), 'not the socket')
  assert.equal(await refusedStatus(`ws://127.0.0.1:${running.port}/elsewhere`), 404)
})
