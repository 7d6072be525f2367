import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHealth } from './health.ts'

test('ready when every check passes; a removed check is asked no more', async () => {
  const health = createHealth()
  health.require('postgres', async () => 1)
  {
    using _disk = health.require('disk', () => Promise.reject(new Error('full')))
    assert.deepEqual(await health.ready(), {
      status: 'unavailable',
      checks: { postgres: 'ok', disk: 'failed' },
    })
  }
  assert.deepEqual(await health.ready(), { status: 'ok', checks: { postgres: 'ok' } })
})

test('a check that hangs is cut off and told so; live does not care', async () => {
  const health = createHealth({ timeoutMs: 20 })
  const { promise: told, resolve } = Promise.withResolvers<void>()
  health.require('postgres', (signal) => {
    signal.addEventListener('abort', () => resolve())
    return new Promise(() => {})
  })
  assert.deepEqual(await health.ready(), { status: 'unavailable', checks: { postgres: 'timeout' } })
  await told
  assert.deepEqual(health.live(), { status: 'ok' })
})

test('a check that throws at once is a failed check', async () => {
  const health = createHealth()
  health.require('disk', () => {
    throw new Error('broken')
  })
  assert.deepEqual((await health.ready()).checks, { disk: 'failed' })
})

test('a draining process is alive and not ready', async () => {
  const health = createHealth()
  health.drain()
  assert.deepEqual(await health.ready(), { status: 'unavailable', checks: { shutdown: 'draining' } })
  assert.deepEqual(health.live(), { status: 'ok' })
})
