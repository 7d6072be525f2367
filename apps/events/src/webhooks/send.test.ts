import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { createSender, deliverWebhook, type SenderConfig } from './index.ts'
import { checkedLookup } from './lookup.ts'

async function listening<T extends Server>(server: T, host = '127.0.0.1') {
  let accepts = 0
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    accepts += 1
    sockets.add(socket.on('error', () => {}))
  })
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    accepts: () => accepts,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

const sink = (answer: (request: IncomingMessage, response: ServerResponse) => unknown) =>
  listening(createServer(answer))
const rawSink = (answer: (socket: Socket) => void) =>
  listening(createTcpServer((socket) => socket.once('data', () => answer(socket))))

const local = (config: SenderConfig = {}) => createSender({ allowInsecureLoopback: true, ...config })
const post = (url: string) => ({ url, body: '{}', headers: {} })

test('a delivery arrives signed, and its 2xx answer comes back', async () => {
  let seen: { headers: IncomingMessage['headers']; body: string; method?: string | undefined } | undefined
  await using endpoint = await sink(async (request, response) => {
    seen = {
      headers: request.headers,
      method: request.method,
      body: Buffer.concat(await request.toArray()).toString(),
    }
    response.writeHead(202).end('{"title":"ok"}')
  })
  await using sender = local()
  const at = new Date(1_604_004_499_900)
  const result = await deliverWebhook(sender, { url: endpoint.url, secret: 's3', body: '{"type":"é"}', at })
  assert.deepEqual(result, { ok: true, status: 202, body: '{"title":"ok"}', seconds: result.seconds })
  const expected = createHmac('sha256', 's3').update('v0:1604004499:{"type":"é"}').digest('hex')
  assert.deepEqual(
    [
      seen?.method,
      seen?.body,
      seen?.headers['x-frameio-request-timestamp'],
      seen?.headers['x-frameio-signature'],
    ],
    ['POST', '{"type":"é"}', '1604004499', `v0=${expected}`],
  )
  assert.deepEqual(
    [seen?.headers['user-agent'], seen?.headers['content-type']],
    ['Frame.io API', 'application/json'],
  )
})

test('AB54 a redirect is a failure and nobody goes there', async () => {
  await using canary = await sink((_request, response) => response.end())
  for (const status of [301, 302, 303, 307, 308]) {
    await using endpoint = await sink((_request, response) =>
      response.writeHead(status, { location: canary.url }).end(),
    )
    await using sender = local()
    const result = await sender.send(post(endpoint.url))
    assert.deepEqual(result, { ok: false, code: 'redirect', status, seconds: result.seconds })
  }
  assert.equal(canary.accepts(), 0)
})

test('an endpoint that asks for time is heard, within a day', async () => {
  let asked = '120'
  await using endpoint = await sink((_request, response) =>
    response.writeHead(429, { 'retry-after': asked }).end(),
  )
  await using sender = local()
  const wait = async () => {
    const result = await sender.send(post(endpoint.url))
    return result.ok ? 'sent' : result.retryAfterSeconds
  }
  assert.equal(await wait(), 120)
  asked = '9999999999'
  assert.equal(await wait(), 86_400)
  asked = 'Wed, 21 Oct 2026 07:28:00 GMT'
  assert.equal(await wait(), undefined)
})

test('AB57 what a failing endpoint says is not passed on', async () => {
  await using endpoint = await sink((_request, response) =>
    response.writeHead(500).end('postgres@10.0.0.7 banner'),
  )
  await using sender = local()
  const result = await sender.send(post(endpoint.url))
  assert.deepEqual(result, { ok: false, code: 'status', status: 500, seconds: result.seconds })
})

test('AB56 an answer without end is cut at the limit', async () => {
  let sent = 0
  await using endpoint = await rawSink((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
    const more = () => {
      while (!socket.destroyed && socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`)) sent += 65_536
    }
    socket.on('drain', more)
    more()
  })
  await using sender = local()
  const before = process.memoryUsage().rss
  const result = await sender.send(post(endpoint.url))
  assert.equal(!result.ok && result.code, 'too_large')
  assert.ok(sent < 20_000_000, `${sent} bytes were taken`)
  assert.ok(process.memoryUsage().rss - before < 60_000_000)
})

test('AB56 a compressed answer is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  await using endpoint = await sink((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb.subarray(0, 60_000)),
  )
  await using sender = local()
  const result = await sender.send(post(endpoint.url))
  assert.ok(result.ok && result.body.length <= 60_000)
})

test('AB56 a byte at a time, endless headers and silence end at the time limit or before', async () => {
  const drip = (socket: Socket, text: string) => {
    const timer = setInterval(() => socket.write(text), 5)
    socket.on('close', () => clearInterval(timer))
  }
  await using body = await rawSink((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n')
    drip(socket, 'x')
  })
  await using head = await rawSink((socket) => drip(socket, 'HTTP/1.1 200 OK\r\n'.slice(0, 1)))
  await using silent = await rawSink(() => {})
  await using headers = await rawSink((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    for (let index = 0; index < 2000; index += 1) socket.write(`x-${index}: ${'y'.repeat(100)}\r\n`)
  })
  await using garbage = await rawSink((socket) => socket.end('220 mail.internal ESMTP\r\n'))
  await using sender = local({ timeoutMs: 200 })
  const results = await Promise.all(
    [body, head, silent, headers, garbage].map(({ url }) => sender.send(post(url))),
  )
  assert.deepEqual(
    results.map((result) => (result.ok ? 'ok' : result.code)),
    ['timeout', 'bad_response', 'timeout', 'bad_response', 'bad_response'],
  )
  assert.ok(results.every(({ seconds }) => seconds < 3))
})

test('a closed port and a certificate nobody vouches for have their own codes', async () => {
  await using sender = local()
  const closed = await sender.send(post('http://127.0.0.1:1/'))
  assert.equal(!closed.ok && closed.code, 'unreachable')
  await using plain = await sink((_request, response) => response.end())
  const result = await sender.send(post(plain.url.replace('http:', 'https:')))
  assert.equal(!result.ok && result.code, 'tls')
})

const answers: Record<string, string[]> = {
  'a loopback address': ['127.0.0.1'],
  'a mixed answer': ['93.184.216.34', '127.0.0.1'],
  'a mixed answer of both families': ['2606:4700::1111', '::ffff:127.0.0.1'],
  '257 answers': Array.from({ length: 257 }, (_, index) => `93.184.216.${index % 256}`),
  'the metadata service': ['169.254.169.254'],
  'no answer': [],
  'something that is no address': ['localhost'],
}

for (const [what, addresses] of Object.entries(answers))
  test(`AB53 a name that leads to ${what} is not connected to, even beside the loopback exception`, async () => {
    await using canary = await sink((_request, response) => response.end())
    await using sender = local({ resolve: async () => addresses })
    const result = await sender.send(post('https://hook.example.com/'))
    assert.equal(!result.ok && result.code, 'blocked_address')
    assert.equal(canary.accepts(), 0)
  })

test('AB53 a name is resolved once, and the socket is given the addresses that were judged', async () => {
  const answers = [['93.184.216.34', '2606:4700::1111'], ['127.0.0.1']]
  const lookup = checkedLookup(async () => answers.shift() ?? [], false)
  const addressesOf = (all: boolean) =>
    new Promise((resolve, reject) =>
      lookup('rebind.example.com', { all }, (error, found) => (error ? reject(error) : resolve(found))),
    )
  assert.deepEqual(await addressesOf(true), [
    { address: '93.184.216.34', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ])
  assert.equal(answers.length, 1)
  await assert.rejects(addressesOf(false), { code: 'blocked_address' })
})

test('AB51 no spelling of this machine is connected to', async () => {
  await using canary = await listening(createTcpServer(), '::')
  let asked = 0
  await using sender = createSender({
    resolve: async () => {
      asked += 1
      return ['127.0.0.1']
    },
  })
  const hosts = fc.constantFrom(
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0', '0.0.0.0', '0177.0.0.1', '[::1]', '[::]'],
    ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', 'localhost', '127.0.0.1.', '①②⑦.0.0.1'],
    ...['127.0.0.1%lo', '127..1', 'foo.localhost', '127.255.255.254'],
  )
  const schemes = fc.constantFrom('https', 'http', 'HTTPS')
  await fc.assert(
    fc.asyncProperty(schemes, hosts, fc.boolean(), async (scheme, host, withPort) => {
      const result = await sender.send(post(`${scheme}://${host}${withPort ? `:${canary.port}` : ''}/`))
      assert.ok(!result.ok && /^blocked_(url|address)$/.test(result.code), result.ok ? 'sent' : result.code)
    }),
    { numRuns: 200 },
  )
  assert.deepEqual([canary.accepts(), asked], [0, 0])
})

test('a name that does not exist has its own code', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  await using sender = createSender({ resolve })
  const result = await sender.send(post('https://nobody.example.com/'))
  assert.equal(!result.ok && result.code, 'name_not_found')
})
