import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { serialize } from 'node:v8'
import { createCache } from './cache.ts'

const binary = ['/usr/bin/memcached', '/usr/local/bin/memcached', '/opt/homebrew/bin/memcached'].find(
  existsSync,
)

async function freePort() {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function memcached(port: number) {
  assert.ok(binary, 'memcached is not installed: apt-get install memcached')
  const child = spawn(binary, ['-l', '127.0.0.1', '-p', String(port), '-U', '0', '-u', 'nobody'])
  while (!(await say(port, 'version\r\n').catch(() => ''))) assert.equal(child.exitCode, null)
  return { child, [Symbol.asyncDispose]: () => kill(child) }
}

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function say(port: number, command: string) {
  const socket = connect(port, '127.0.0.1')
  socket.write(command)
  const [answer] = await once(socket, 'data')
  socket.destroy()
  return String(answer)
}

const open = (port: number) => createCache({ memcached: { server: `127.0.0.1:${port}`, namespace: 'test' } })

/** Reads new keys through until one was served by, or kept out of, Memcached as asked. */
async function until(port: number, kept: boolean, read: (key: string) => Promise<unknown>) {
  const items = async () => Number(/STAT curr_items (\d+)/.exec(await say(port, 'stats\r\n'))?.[1])
  for (let index = 0; ; index += 1) {
    const before = await items()
    await read(`until:${Math.random()}:${index}`)
    if ((await items()) > before === kept) return
  }
}

test('two processes share what one has loaded, with its types', async () => {
  const port = await freePort()
  await using _server = await memcached(port)
  await using a = open(port)
  await using b = open(port)
  await until(port, true, (key) => a.through(key, 60, async () => 1))
  await until(port, true, (key) => b.through(key, 60, async () => 1))
  const value = { at: new Date(0), seq: 7n, tags: new Map([['é', undefined]]) }
  assert.deepEqual(await a.through('k', 60, async () => value), value)
  await say(port, 'version\r\n')
  assert.deepEqual(await b.through('k', 60, async () => assert.fail('was not shared')), value)
})

test('AB87 keys of any text are one key each and no command', async () => {
  const port = await freePort()
  await using _server = await memcached(port)
  await using a = open(port)
  await until(port, true, (key) => a.through(key, 60, async () => 1))
  const keys = ['a b', 'a\r\nflush_all\r\n', 'x'.repeat(10_000), '', 'é', '\0']
  for (const key of keys) await a.through(key, 60, async () => `value of ${key}`)
  await say(port, 'version\r\n')
  await using b = open(port)
  await until(port, true, (key) => b.through(key, 60, async () => 1))
  for (const key of keys) assert.equal(await b.through(key, 60, async () => 'lost'), `value of ${key}`)
})

test('dropped keys are dropped in both tiers', async () => {
  const port = await freePort()
  await using _server = await memcached(port)
  await using cache = open(port)
  await until(port, true, (key) => cache.through(key, 60, async () => 1))
  await cache.through('k', 60, async () => 'old')
  cache.drop(['k'])
  assert.equal(await cache.through('k', 60, async () => 'new'), 'new')
})

test('a value too large for the server is kept in memory only', async () => {
  const port = await freePort()
  await using _server = await memcached(port)
  await using cache = open(port)
  await until(port, true, (key) => cache.through(key, 60, async () => 1))
  const large = 'x'.repeat(2_000_000)
  assert.equal(await cache.through('k', 60, async () => large), large)
  assert.equal(await cache.through('k', 60, async () => assert.fail('was not kept')), large)
})

test('a server flushed, killed, frozen and come back never changes a value, only its cost', async () => {
  const port = await freePort()
  const server = await memcached(port)
  await using cache = open(port)
  let slowest = 0
  let read = 0
  const check = async (times: number) => {
    for (let index = 0; index < times; index += 1) {
      const key = `k${read++}`
      const start = performance.now()
      assert.equal(await cache.through(key, 60, async () => key), key)
      slowest = Math.max(slowest, performance.now() - start)
    }
  }
  await until(port, true, (key) => cache.through(key, 60, async () => 1))
  await check(50)
  await say(port, 'flush_all\r\n')
  await check(50)

  server.child.kill('SIGSTOP')
  await check(1)
  const opened = performance.now()
  await check(200)
  assert.ok(performance.now() - opened < 1000, 'reads wait for a frozen server after the first one found out')
  server.child.kill('SIGCONT')
  await until(port, true, (key) => cache.through(key, 60, async () => 1))

  await kill(server.child)
  await check(200)
  await using _again = await memcached(port)
  await until(port, true, (key) => cache.through(key, 60, async () => 1))
  await check(50)
  assert.ok(slowest < 500, `one read took ${slowest} ms`)
})

test('with no server at all nothing waits', async () => {
  const port = await freePort()
  await using cache = open(port)
  const start = performance.now()
  for (let index = 0; index < 100; index += 1)
    assert.equal(await cache.through(`k${index}`, 60, async () => 1), 1)
  assert.ok(performance.now() - start < 1000)
})

test('a server that answers for another key is as good as none', async () => {
  const theirs = `somebody-else ${serialize('theirs').toString('base64')}`
  let asked = 0
  await using server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const line of String(data).split('\r\n')) {
        if (line === 'version') socket.write('VERSION 1\r\n')
        if (line.startsWith('set ')) socket.write('STORED\r\n')
        if (!line.startsWith('get ')) continue
        asked += 1
        socket.write(`VALUE x 0 ${theirs.length}\r\n${theirs}\r\nEND\r\n`)
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await using cache = open((server.address() as AddressInfo).port)
  for (let index = 0; asked < 20; index += 1)
    assert.equal(await cache.through(`k${index}`, 60, () => setImmediate(index)), index)
})
