import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testStore } from '../testing.ts'

test('eight parallel uploads grow the process by less than 64 MiB', { timeout: 60_000 }, async (t) => {
  await using it = await testStore()
  const child = fileURLToPath(new URL('./memory-child.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [child, it.root])
  t.diagnostic(`grew by ${stdout} MiB`)
  assert.ok(Number(stdout) <= 64, `grew by ${stdout} MiB`)
})
