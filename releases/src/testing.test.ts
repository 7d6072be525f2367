import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testUmbrella } from './testing.ts'

test('a connection that a test took and kept fails the disposal', async () => {
  const umbrella = await testUmbrella({ apps: ['api'] })
  const pool = umbrella.core.db as unknown as {
    connection(): { execute(work: () => Promise<void>): Promise<void> }
  }
  const { promise: giveBack, resolve } = Promise.withResolvers<void>()
  const held = pool.connection().execute(() => giveBack)
  const disposal = async () => umbrella[Symbol.asyncDispose]()
  const failure = assert.rejects(disposal, /connections were taken from a pool and not given back/)
  // Later than the patience of the check, and then so that the pool can close.
  setTimeout(() => resolve(), 3_000)
  await Promise.all([failure, held])
})
