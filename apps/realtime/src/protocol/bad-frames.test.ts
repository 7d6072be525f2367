import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { test } from 'node:test'
import { rawClient, testServer } from './testing.ts'

const long = 'x'.repeat(256)

/** Frames of the right framing but not of the protocol: 1007, as the payload is not what it should be. */
const unreadable: (string | Buffer)[] = [
  '',
  'null',
  '42',
  '{"topic":1}',
  '[]',
  '["1","1","rooms:1","echo"]',
  '["1","1","rooms:1","echo",null]',
  '["1","1","rooms:1","echo",[1]]',
  '["1","1",1,"echo",{}]',
  '["1","1","","echo",{}]',
  '[{},"1","rooms:1","echo",{}]',
  '["1",["1"],"rooms:1","echo",{}]',
  `["1","1","${long}","echo",{}]`,
  `["1","1","rooms:1","${long}",{}]`,
  '["1","1","rooms:1","echo",{}',
  '['.repeat(60_000),
  Buffer.from([]),
  Buffer.from([0]),
  Buffer.from([9, 0, 0, 0, 0]),
  Buffer.from([0, 255, 255, 255, 255, 1]),
  Buffer.from([0, 0, 0, 1, 1, 0xff, 0xff]),
]

test('frames that are not of the protocol close their sender with 1007, and nobody else', async () => {
  await using running = await testServer()
  using witness = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  for (const frame of unreadable) {
    using client = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
    client.send(frame)
    assert.equal(await client.closed, 1007, String(frame).slice(0, 40))
  }
  witness.send('[null,"1","phoenix","heartbeat",{}]')
  assert.match((await witness.next()) ?? '', /ok/)
  assert.deepEqual(running.failures, [])
})

const masked = (first: number, payload: Buffer, length: number[] = [payload.length]) =>
  Buffer.concat([Buffer.from([first, 0x80 | length[0]!, ...length.slice(1), 0, 0, 0, 0]), payload])

/** Frames that break RFC 6455, with the close code each deserves. */
const broken: [title: string, bytes: Buffer, code: number][] = [
  ['a reserved opcode', masked(0x83, Buffer.from('x')), 1002],
  ['a reserved bit', masked(0xc1, Buffer.from('x')), 1002],
  ['no mask', Buffer.from([0x81, 1, 120]), 1002],
  ['bad UTF-8', masked(0x81, Buffer.from([0xff, 0xfe])), 1007],
  ['2^63 bytes announced', masked(0x81, Buffer.alloc(0), [127, 0x80, 0, 0, 0, 0, 0, 0, 0]), 1009],
  ['more than 64 KiB', masked(0x81, Buffer.alloc(0), [127, 0, 0, 0, 0, 0, 1, 0, 1]), 1009],
  ['a fragmented message over 64 KiB', fragments(70, 1000), 1009],
  ['a hundred thousand fragments', fragments(100_000, 0), 1008],
]

function fragments(count: number, size: number) {
  const length = size < 126 ? [size] : [126, size >> 8, size & 255]
  const rest = masked(0x00, Buffer.alloc(size, 'a'), length)
  return Buffer.concat([masked(0x01, Buffer.alloc(size, 'a'), length), ...Array(count).fill(rest)])
}

test('broken WebSocket frames close their sender with the right code, and nobody else', async () => {
  await using running = await testServer()
  using witness = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  for (const [title, bytes, code] of broken) assert.equal(await closeCode(running.port, bytes), code, title)
  witness.send('[null,"1","phoenix","heartbeat",{}]')
  assert.match((await witness.next()) ?? '', /ok/)
})

/** Speaks bytes that no client library would, and reads the code of the close frame that answers. */
async function closeCode(port: number, bytes: Buffer): Promise<number> {
  const socket = createConnection(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    'GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  await once(socket, 'data')
  let answer = Buffer.alloc(0)
  socket.on('data', (data) => {
    answer = Buffer.concat([answer, data])
    if (answer.length >= 4) socket.destroy()
  })
  socket.write(bytes)
  await once(socket, 'close')
  return answer.readUInt16BE(2)
}

test('joins are capped, and a flood is answered with rate_limited', async () => {
  await using running = await testServer({ limits: { maxChannels: 10, burst: 30, messagesPerSecond: 1 } })
  using client = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  const reasons = new Map<string, number>()
  for (let n = 1; n <= 50; n++) client.send(`["${n}","${n}","rooms:${n}","phx_join",{}]`)
  for (let n = 1; n <= 50; n++) {
    const [, , , , { status, response }] = JSON.parse((await client.next()) ?? '')
    const reason = status === 'ok' ? 'ok' : response.reason
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  assert.deepEqual(Object.fromEntries(reasons), { ok: 10, 'too many channels joined': 20, rate_limited: 20 })
})
