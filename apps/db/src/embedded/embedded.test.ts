import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from './index.ts'
import { runsOn } from './leftover.ts'

async function temporary(t: TestContext, mode = 0o755): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'rushes-embedded-')))
  await chmod(folder, mode)
  t.after(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'postgres')
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Another Node that starts a server and is then killed without a chance to stop it. */
async function startAndKill(folder: string): Promise<number> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./index.ts'))}
    const server = await startEmbedded({ folder: ${JSON.stringify(folder)}, port: 0 })
    process.stdout.write(String(server.pid))`
  const node: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [pid] = await once(node.stdout!, 'data')
  node.kill('SIGKILL')
  await once(node, 'exit')
  return Number(pid)
}

test('commits are durable, text is UTF-8 and only 127.0.0.1 with the right password gets in', async (t) => {
  await using server = await startEmbedded({ folder: await temporary(t), port: 0 })
  const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'server_encoding']
  const rows = await query(
    server.url,
    `select setting from pg_settings where name in ('${names.join("','")}') order by name`,
  )
  assert.deepEqual(rows.map((row) => (row as { setting: string }).setting).sort(), [
    '127.0.0.1',
    'UTF8',
    'on',
    'on',
    'on',
  ])
  assert.deepEqual(await query(server.url, `select lower('ÄÖÉ') as folded`), [{ folded: 'äöé' }])
  await assert.rejects(query(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1'), { code: '28P01' })
})

test('data survives a stop, and a server that a killed run left behind is stopped at the next start', async (t) => {
  const folder = await temporary(t)
  const orphan = await startAndKill(folder)
  assert.ok(await runsOn(orphan, join(folder, 'cluster')), 'kill -9 of Node leaves the server running')
  {
    await using server = await startEmbedded({ folder, port: 0 })
    assert.ok(!(await runsOn(orphan, join(folder, 'cluster'))))
    await query(server.url, 'create table kept as select 42 as answer')
  }
  await using server = await startEmbedded({ folder, port: 0 })
  assert.deepEqual(await query(server.url, 'select answer from kept'), [{ answer: 42 }])
})

test('a pid file that names a stranger neither stops the start nor the stranger', async (t) => {
  const folder = await temporary(t)
  await (await startEmbedded({ folder, port: 0 }))[Symbol.asyncDispose]()
  const { uid, gid } = await stat(join(folder, 'cluster'))
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(process.getuid?.() === 0 && { uid, gid }) })
  t.after(() => stranger.kill())
  await writeFile(join(folder, 'cluster', 'postmaster.pid'), `${stranger.pid}\n${join(folder, 'cluster')}\n`)
  await using server = await startEmbedded({ folder, port: 0 })
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
  assert.equal(stranger.exitCode ?? stranger.signalCode, null)
})

test('a server that dies comes back on the same port', { timeout: 20_000 }, async (t) => {
  await using server = await startEmbedded({ folder: await temporary(t), port: 0 })
  const before = server.pid
  process.kill(before, 'SIGKILL')
  while (server.pid === before) await wait(10)
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('a half-made database is made again', async (t) => {
  const folder = await temporary(t)
  await (await startEmbedded({ folder, port: 0 }))[Symbol.asyncDispose]()
  await rm(join(folder, 'cluster'), { recursive: true })
  await writeFile(join(folder, 'cluster.draft'), 'half')
  await using server = await startEmbedded({ folder, port: 0 })
  assert.ok(server.url)
  assert.ok(!(await readdir(folder)).includes('cluster.draft'))
})

test('a folder that only we may enter works, as root too', async (t) => {
  const folder = await temporary(t, 0o700)
  await using server = await startEmbedded({ folder, port: 0 })
  assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }])
  assert.equal((await stat(join(folder, 'password'))).mode & 0o777, 0o600)
})

test('a database of another major version and a taken port are each said in one line', async (t) => {
  const folder = await temporary(t)
  const server = await startEmbedded({ folder, port: 0 })
  const other = await temporary(t)
  await assert.rejects(startEmbedded({ folder: other, port: Number(new URL(server.url).port) }), {
    code: 'port_in_use',
  })
  await server[Symbol.asyncDispose]()
  await writeFile(join(folder, 'cluster', 'PG_VERSION'), '17\n')
  await assert.rejects(startEmbedded({ folder, port: 0 }), {
    code: 'other_version',
    message: /PostgreSQL 17/,
  })
})
