import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { migrations, noteItems } from './engine-fixture.ts'
import { run, verify } from './index.ts'
import { advanceChunk, claimChunk } from './ledger/chunks.ts'
import { openRun } from './ledger/runs.ts'
import { withClient } from './ledger/transaction.ts'
import { openEmulator, writeTable } from './testing.ts'
import { emptyDatabase } from './testing-database.ts'

const ITEMS = 1_500
const bin = fileURLToPath(new URL('./cli/bin.ts', import.meta.url))
const definition = fileURLToPath(new URL('./engine-fixture.ts', import.meta.url))

function startCli(
  command: string,
  endpoint: string,
  to: string,
): ChildProcessByStdio<null, Readable, Readable> {
  const limits = ['--segments', '2', '--batch-kib', '8', '--page-items', '20', '--lease-ms', '300']
  const args = [
    bin,
    command,
    '--definition',
    definition,
    '--endpoint',
    endpoint,
    '--region',
    'eu-west-1',
    '--to',
    to,
    '--json',
  ]
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  return spawn(process.execPath, [...args, ...limits], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Kills with SIGKILL when the child has told of `batches` commits; its next transaction is then under way. */
async function killAfter(
  child: ChildProcessByStdio<null, Readable, Readable>,
  batches: number,
): Promise<NodeJS.Signals | null> {
  const exited = once(child, 'exit')
  let told = 0
  createInterface(child.stdout).on('line', () => {
    if (++told === batches) child.kill('SIGKILL')
  })
  const [, signal] = await exited
  return signal
}

test('killed with -9 again and again in mid-load, resumed, nothing is lost or doubled', async () => {
  await using emulator = await openEmulator()
  await using database = await emptyDatabase()
  await writeTable(emulator.client, 'notes', noteItems(ITEMS))
  for (const batches of [1, 2, 3, 5, 8]) {
    assert.equal(await killAfter(startCli('run', emulator.endpoint, database.url), batches), 'SIGKILL')
  }
  const { rows: before } = await database.pool.query('select count(*)::int as n from notes')
  assert.ok(before[0].n > 0 && before[0].n < ITEMS, `${before[0].n} rows when killed`)
  const [report] = await run({ migrations, source: emulator.client, target: database.url, leaseMs: 300 })
  assert.deepEqual([report?.state, report?.items, report?.rows, report?.dead], ['done', ITEMS, ITEMS * 3, 0])
  const { rows: after } = await database.pool.query(
    'select count(*)::int as n, sum(size)::int as size from notes',
  )
  assert.deepEqual(after, [{ n: ITEMS, size: (ITEMS * (ITEMS - 1)) / 2 }])
  assert.equal((await verify({ migrations, source: emulator.client, target: database.url }))[0]?.ok, true)
})

test('when the server ends the connections in mid-load the run fails, and another goes on from there', async () => {
  await using emulator = await openEmulator()
  await using database = await emptyDatabase()
  await writeTable(emulator.client, 'notes', noteItems(1500))
  const task = {
    migrations,
    source: emulator.client,
    target: database.url,
    segments: 2,
    batchBytes: 8_000,
    pageItems: 20,
  }
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dynasaur' and datname = current_database()`
  let cuts = 0
  const onProgress = () => void (cuts++ === 2 && database.pool.query(cut))
  await assert.rejects(run({ ...task, leaseMs: 300, onProgress }))
  const [report] = await run({ ...task, leaseMs: 300 })
  assert.deepEqual([report?.state, report?.items, report?.rows], ['done', 1500, 4500])
  assert.equal((await verify(task))[0]?.ok, true)
})

test('a worker that lost its lease can commit nothing more', async () => {
  await using database = await emptyDatabase()
  const [migration] = migrations
  const { id } = await openRun(database.pool, migration!, { segments: 1, again: false, acceptChange: false })
  const slow = await claimChunk(database.pool, id, 'slow', 0)
  const quick = await claimChunk(database.pool, id, 'quick', 60_000)
  assert.deepEqual([slow?.epoch, quick?.epoch], [1, 2])
  assert.equal(await claimChunk(database.pool, id, 'third', 60_000), undefined)
  const advance = { cursor: { id: { S: 'x' } }, items: 1, bytes: 1 }
  await withClient(database.pool, async (client) => {
    await assert.rejects(advanceChunk(client, slow!, advance, 60_000), { code: 'fenced' })
    await advanceChunk(client, quick!, advance, 60_000)
  })
})

test('the command line verifies, and its exit code tells', async () => {
  await using emulator = await openEmulator()
  await using database = await emptyDatabase()
  await writeTable(emulator.client, 'notes', noteItems(30))
  const exitOf = async (command: string) => {
    const child = startCli(command, emulator.endpoint, database.url)
    const [lines, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
    return { code, last: JSON.parse(Buffer.concat(lines).toString().trimEnd().split('\n').at(-1) ?? '') }
  }
  const ran = await exitOf('run')
  assert.deepEqual([ran.code, ran.last.items, ran.last.dead], [0, 30, 0])
  assert.deepEqual([(await exitOf('verify')).code, (await exitOf('status')).last.state], [0, 'done'])
  await database.pool.query(`update notes set size = 99 where id = 'note-1'`)
  const { code, last } = await exitOf('verify')
  assert.equal(code, 1)
  assert.deepEqual(last.differences, [
    { table: 'notes', key: '["note-1"]', kind: 'differs', column: 'size', expected: 1, actual: 99 },
  ])
})
