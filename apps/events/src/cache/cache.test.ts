import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCache } from './cache.ts'

const counted = <T>(value: T) => {
  let calls = 0
  const load = async () => {
    calls += 1
    return value
  }
  return { calls: () => calls, load }
}

test('a value is loaded once, however many ask for it at once and after', async () => {
  await using cache = createCache()
  const gate = Promise.withResolvers<string>()
  const { load, calls } = counted(gate.promise)
  const asked = Array.from({ length: 1000 }, () => cache.through('asset:1:7', 60, load))
  gate.resolve('value')
  assert.deepEqual(new Set(await Promise.all(asked)), new Set(['value']))
  assert.equal(await cache.through('asset:1:7', 60, load), 'value')
  assert.equal(calls(), 1)
})

test('a failed load fails all who wait and is not kept', async () => {
  await using cache = createCache()
  const broken = () => Promise.reject(new Error('down'))
  const asked = [cache.through('k', 60, broken), cache.through('k', 60, broken)]
  assert.deepEqual(
    (await Promise.allSettled(asked)).map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(await cache.through('k', 60, async () => 1), 1)
})

test('undefined is a value too', async () => {
  await using cache = createCache()
  const { load, calls } = counted(undefined)
  await cache.through('k', 60, load)
  await cache.through('k', 60, load)
  assert.equal(calls(), 1)
})

test('what is dropped is loaded anew, and a load that was under way is not kept', async () => {
  await using cache = createCache()
  const gate = Promise.withResolvers<string>()
  const old = cache.through('k', 60, () => gate.promise)
  cache.drop(['k'])
  assert.equal(await cache.through('k', 60, async () => 'new'), 'new')
  gate.resolve('old')
  assert.equal(await old, 'old')
  assert.equal(await cache.through('k', 60, async () => 'newer'), 'new')
})

test('the time to live is spread and values run out', async (t) => {
  t.mock.method(Math, 'random', () => 0)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let now = 1000
  t.mock.method(performance, 'now', () => now)
  await using cache = createCache()
  const { load, calls } = counted(1)
  await cache.through('k', 10, load)
  now += 8990
  t.mock.timers.tick(8990)
  await cache.through('k', 10, load)
  assert.equal(calls(), 1)
  now += 20
  t.mock.timers.tick(20)
  await cache.through('k', 10, load)
  assert.equal(calls(), 2)
})

test('memory is bounded by bytes', async () => {
  await using cache = createCache({ maxBytes: 10_000 })
  const { load, calls } = counted('x'.repeat(1000))
  for (let index = 0; index < 50; index += 1) await cache.through(`k${index}`, 60, load)
  await cache.through('k49', 60, load)
  assert.equal(calls(), 50)
  await cache.through('k0', 60, load)
  assert.equal(calls(), 51)
})
