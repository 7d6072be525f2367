import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, lockFile } from '@rushes/db/embedded'
import type { DemoFile } from './demo/demo.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

let folder: string
let data: string
let port: number
const started: ChildProcess[] = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-start-'))
  data = join(folder, 'data')
  port = await freePort()
})
after(async () => {
  for (const child of started)
    if (child.exitCode === null && child.signalCode === null) await stop(child, 'SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

function start(...args: string[]): ChildProcess {
  const { PATH } = process.env
  const env = { PATH, RUSHES_DATA_DIR: data, RUSHES_PORT: String(port), RUSHES_LOG: 'error' }
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  child.stdout!.resume()
  return child
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill(signal)
  const [code] = await exited
  return code
}

async function until(child: ChildProcess, check: () => Promise<boolean>): Promise<void> {
  while (!(await check().catch(() => false))) {
    assert.equal(child.exitCode, null, 'it ended instead of starting')
    await wait(50)
  }
}

const isReady = async () => (await fetch(`http://127.0.0.1:${port}/ready`)).ok
const hasDemo = async () => (await stat(join(data, 'demo.json'))).isFile()
const demo = async () => JSON.parse(await readFile(join(data, 'demo.json'), 'utf8')) as DemoFile

async function get<T>(path: string): Promise<T> {
  const { web, users } = await demo()
  const response = await fetch(`${web}${path}`, { headers: { authorization: `Bearer ${users[0]!.token}` } })
  assert.equal(response.status, 200, path)
  return (await response.json()) as T
}

interface Asset {
  id: string
  name: string
  type: string
  status: string
}

async function descendants(id: string): Promise<Asset[]> {
  const children = await get<Asset[]>(`/v2/assets/${id}/children`)
  const deeper = children.map((child) => (child.type === 'file' ? [] : descendants(child.id)))
  return [...children, ...(await Promise.all(deeper)).flat()]
}

test('a first start that is killed goes on at the next one and makes each thing once', {
  timeout: 170_000,
}, async () => {
  const killed = start()
  await until(killed, async () =>
    (await readFile(join(data, 'demo.json.journal'), 'utf8')).includes('upload teaser1'),
  )
  await stop(killed, 'SIGKILL')
  const next = start()
  await until(next, async () => (await isReady()) && (await hasDemo()))
  const { project_id, users } = await demo()
  assert.equal(new Set(users.map(({ role }) => role)).size, users.length)
  const teams = await get<{ id: string }[]>('/v2/teams')
  assert.equal((await get<unknown[]>(`/v2/teams/${teams[0]!.id}/projects`)).length, 1)
  const { root_asset_id } = await get<{ root_asset_id: string }>(`/v2/projects/${project_id}`)
  const files = (await descendants(root_asset_id)).filter(({ type }) => type === 'file')
  assert.equal(files.length, 6)
  for (const { name, status } of files) assert.equal(status, 'transcoded', name)
  assert.equal(await stop(next, 'SIGTERM'), 0)
})

test('a second start keeps the data, and refuses a third on the same folder', {
  timeout: 60_000,
}, async () => {
  const before = await demo()
  const running = start()
  await until(running, isReady)
  assert.deepEqual(await demo(), before)
  assert.equal((await fetch(before.web)).status, 200)
  const third = start()
  const [[code], [line]] = await Promise.all([once(third, 'exit'), once(third.stderr!, 'data')])
  assert.equal(code, 1)
  assert.match(String(line), /^another Rushes runs on the data folder .*; stop it first\n$/)
  assert.equal(await stop(running, 'SIGINT'), 0)
  using lock = lockFile(join(data, 'lock'))
  assert.ok(lock, 'a stopped Rushes leaves the folder free')
  await assert.rejects(stat(join(data, 'postgres', 'cluster', 'postmaster.pid')), { code: 'ENOENT' })
})
