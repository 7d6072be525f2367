import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawClient, testServer } from './testing.ts'

/** Exactly the frames of Phoenix 1.8: what Kotlin's decoder cuts at commas and Swift's expects as strings. */
const v2: [title: string, sent: string[], answered: string[]][] = [
  [
    'heartbeat',
    ['[null,"5","phoenix","heartbeat",{}]'],
    ['[null,"5","phoenix","phx_reply",{"status":"ok","response":{}}]'],
  ],
  [
    'a join, then a push and its reply',
    ['["1","1","rooms:1","phx_join",{}]', '["1","7","rooms:1","echo",{"a":1}]'],
    [
      '["1","1","rooms:1","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["1","7","rooms:1","phx_reply",{"status":"ok","response":{"a":1}}]',
    ],
  ],
  [
    'a refused join',
    ['["1","1","rooms:1","phx_join",{"refuse":true}]'],
    ['["1","1","rooms:1","phx_reply",{"status":"error","response":{"reason":"not_found"}}]'],
  ],
  [
    'a join that broke',
    ['["1","1","rooms:1","phx_join",{"crash":true}]'],
    ['["1","1","rooms:1","phx_reply",{"status":"error","response":{"reason":"join crashed"}}]'],
  ],
  [
    'a topic of nobody',
    ['["1","1","cellar:1","phx_join",{}]'],
    ['[null,"1","cellar:1","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]'],
  ],
  [
    'a push to a topic that was not joined',
    ['["1","2","rooms:1","echo",{}]'],
    ['[null,"2","rooms:1","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]'],
  ],
  [
    'a leave: the reply, then phx_close; leaving again is fine',
    [
      '["1","1","rooms:1","phx_join",{}]',
      '["1","9","rooms:1","phx_leave",{}]',
      '["1","10","rooms:1","phx_leave",{}]',
    ],
    [
      '["1","1","rooms:1","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["1","9","rooms:1","phx_reply",{"status":"ok","response":{}}]',
      '["1","1","rooms:1","phx_close",{}]',
      '["1","10","rooms:1","phx_reply",{"status":"ok","response":{}}]',
    ],
  ],
  [
    'a second join closes the first, whose late pushes are dropped',
    [
      '["1","1","rooms:1","phx_join",{}]',
      '["3","3","rooms:1","phx_join",{}]',
      '["1","4","rooms:1","echo",{}]',
      '["1","5","rooms:1","phx_leave",{}]',
      '["3","6","rooms:1","echo",{}]',
    ],
    [
      '["1","1","rooms:1","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["1","1","rooms:1","phx_close",{}]',
      '["3","3","rooms:1","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["3","6","rooms:1","phx_reply",{"status":"ok","response":{}}]',
    ],
  ],
  [
    'a push to one client',
    ['["1","1","rooms:1","phx_join",{}]', '["1","2","rooms:1","push",{"n":1}]'],
    [
      '["1","1","rooms:1","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["1",null,"rooms:1","pushed",{"n":1}]',
    ],
  ],
  [
    'a handler that breaks, and one that refuses',
    [
      '["1","1","rooms:1","phx_join",{}]',
      '["1","2","rooms:1","nonsense",{}]',
      '["1","3","rooms:1","crash",{}]',
      '["1","4","rooms:1","echo",{}]',
    ],
    [
      '["1","1","rooms:1","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["1","2","rooms:1","phx_reply",{"status":"error","response":{"reason":"unmatched event"}}]',
      '["1","1","rooms:1","phx_error",{"reason":"channel_crash"}]',
      '[null,"4","rooms:1","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]',
    ],
  ],
  [
    'a numeric ref, as hand-written clients send it',
    ['[null,5,"phoenix","heartbeat",{}]'],
    ['[null,5,"phoenix","phx_reply",{"status":"ok","response":{}}]'],
  ],
  [
    'keys of the prototype are ordinary keys',
    [
      '["1","1","rooms:__proto__","phx_join",{"__proto__":{"refuse":true}}]',
      '["1","2","rooms:__proto__","echo",{"__proto__":{"x":1},"constructor":2}]',
    ],
    [
      '["1","1","rooms:__proto__","phx_reply",{"status":"ok","response":{"token":null}}]',
      '["1","2","rooms:__proto__","phx_reply",{"status":"ok","response":{"__proto__":{"x":1},"constructor":2}}]',
    ],
  ],
]

for (const [title, sent, answered] of v2) {
  test(`V2: ${title}`, async () => {
    await using running = await testServer()
    using client = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
    const frames: (string | undefined)[] = []
    for (const frame of sent) {
      client.send(frame)
      // The heartbeat's answer follows what is answered at once; handlers take their turn after it.
      client.send('[null,"sync","phoenix","heartbeat",{}]')
      for (let answer = await client.next(); !answer?.includes('"sync"'); answer = await client.next())
        frames.push(answer)
    }
    while (frames.length < answered.length) frames.push(await client.next())
    assert.deepEqual(frames, answered)
  })
}

test('V1: objects, without join_ref', async () => {
  await using running = await testServer()
  using client = await rawClient(`${running.url}/websocket?vsn=1.0.0`)
  client.send('{"topic":"rooms:1","event":"phx_join","payload":{},"ref":"1"}')
  client.send('{"topic":"rooms:1","event":"push","payload":{"n":1},"ref":"2"}')
  assert.equal(
    await client.next(),
    '{"topic":"rooms:1","event":"phx_reply","payload":{"status":"ok","response":{"token":null}},"ref":"1"}',
  )
  assert.equal(await client.next(), '{"topic":"rooms:1","event":"pushed","payload":{"n":1},"ref":null}')
})

test('without vsn the first frame tells the version', async () => {
  await using running = await testServer()
  using two = await rawClient(`${running.url}/websocket`)
  using one = await rawClient(`${running.url}/websocket`)
  two.send('[null,"1","phoenix","heartbeat",{}]')
  one.send('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}')
  assert.match((await two.next()) ?? '', /^\[/)
  assert.match((await one.next()) ?? '', /^\{/)
})

test('a broadcast reaches the others of both versions, encoded for each', async () => {
  await using running = await testServer()
  using author = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  using two = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  using one = await rawClient(`${running.url}/websocket?vsn=1.0.0`)
  for (const client of [author, two]) client.send('["1","1","rooms:1","phx_join",{}]')
  one.send('{"topic":"rooms:1","event":"phx_join","payload":{},"ref":"1"}')
  for (const client of [author, two, one]) await client.next()
  author.send('["1","2","rooms:1","say",{"n":1}]')
  assert.equal(await two.next(), '[null,null,"rooms:1","said",{"n":1}]')
  assert.equal(await one.next(), '{"topic":"rooms:1","event":"said","payload":{"n":1},"ref":null}')
  running.server.broadcast('rooms:1', 'news', { n: 2 })
  assert.equal(await author.next(), '[null,null,"rooms:1","news",{"n":2}]')
})

test('binary pushes, replies and broadcasts', async () => {
  await using running = await testServer()
  using client = await rawClient(`${running.url}/websocket?vsn=2.0.0`)
  using old = await rawClient(`${running.url}/websocket?vsn=1.0.0`)
  client.send('["1","1","rooms:1","phx_join",{}]')
  old.send('{"topic":"rooms:1","event":"phx_join","payload":{},"ref":"1"}')
  await client.next()
  await old.next()
  const push = (event: string) =>
    Buffer.concat([
      Buffer.from([0, 1, 1, 7, event.length]),
      Buffer.from(`12rooms:1${event}`),
      Buffer.from([255, 0]),
    ])
  const hex = (head: number[], text: string) =>
    `binary:${Buffer.concat([Buffer.from(head), Buffer.from(text), Buffer.from([255, 0])]).toString('hex')}`
  client.send(push('echo'))
  assert.equal(await client.next(), hex([1, 1, 1, 7, 2], '12rooms:1ok'))
  client.send(push('push'))
  assert.equal(await client.next(), hex([0, 1, 7, 6], '1rooms:1pushed'))
  running.server.broadcast('rooms:1', 'bytes', Uint8Array.of(255, 0))
  running.server.broadcast('rooms:1', 'after', {})
  assert.equal(await client.next(), hex([2, 7, 5], 'rooms:1bytes'))
  assert.match((await old.next()) ?? '', /"after"/, 'V1 has no binary frames and goes on without it')
})
