import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { lockFile } from './lock.ts'

async function path(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-lock-'))
  t.after(() => rm(folder, { recursive: true }))
  return join(folder, 'lock')
}

test('one holder at a time, and a released lock can be had again', async (t) => {
  const file = await path(t)
  const held = lockFile(file)
  assert.ok(held)
  assert.equal(lockFile(file), undefined)
  held[Symbol.dispose]()
  using again = lockFile(file)
  assert.ok(again)
})

test('the lock of a process that was killed is free', async (t) => {
  const file = await path(t)
  const script = `
    import { lockFile } from ${JSON.stringify(import.meta.resolve('./lock.ts'))}
    globalThis.held = lockFile(${JSON.stringify(file)})
    process.stdout.write('held'); setInterval(() => {}, 1000)`
  const node = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(node.stdout, 'data')
  assert.equal(lockFile(file), undefined)
  node.kill('SIGKILL')
  await once(node, 'exit')
  using held = lockFile(file)
  assert.ok(held)
})
