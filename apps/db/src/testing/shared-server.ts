import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockFile, startEmbedded } from '../embedded/index.ts'
import { session } from './admin.ts'

const folder = join(tmpdir(), `rushes-test-postgres-${process.getuid?.() ?? 'user'}`)
const urlFile = join(folder, 'url')

/** The URL of this user's test server, which outlives the test that needed it first; started unless it answers. */
export function sharedServer(): Promise<string> {
  shared ??= find()
  return shared
}

let shared: Promise<string> | undefined

async function find(): Promise<string> {
  const running = await runningUrl()
  if (running) return running
  await mkdir(folder, { recursive: true, mode: 0o711 })
  using lock = lockFile(join(folder, 'lock'), 60_000)
  if (!lock) throw new Error(`another test has been starting ${folder} for a minute`)
  return (await runningUrl()) ?? (await start())
}

async function start(): Promise<string> {
  const server = await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable: false })
  await writeFile(urlFile, server.url, { mode: 0o600 })
  server.detach()
  return server.url
}

async function runningUrl(): Promise<string | undefined> {
  const url = await readFile(urlFile, 'utf8').catch(() => undefined)
  if (!url) return undefined
  return session(url, async () => url).catch(() => undefined)
}

/** Stops the test server if one runs, and deletes it. */
export async function removeSharedServer(): Promise<void> {
  if (!(await runningUrl())) return
  await (await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable: false }))[
    Symbol.asyncDispose
  ]()
  await rm(folder, { recursive: true, force: true })
}
