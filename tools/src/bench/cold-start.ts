import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, lockFile } from '@rushes/db/embedded'
import { root } from '../root.ts'

const LONGEST_MS = 180_000

/**
 * `npm start` by the clock. `first_s`: on an empty data folder, until the web page is served, `/ready` is 200 and the demo is
 * there, transcoded. `second_s`: the same folder again, until the page is served and `/ready` is 200. Both count from the spawn of
 * npm; `stop_s` is how long the second takes to stop after SIGTERM.
 */
export async function run(): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-cold-start-'))
  const data = join(folder, 'data')
  try {
    const first = await timedStart(data, async () => (await stat(join(data, 'demo.json'))).isFile())
    const second = await timedStart(data, async () => true)
    return { first_s: first.seconds, second_s: second.seconds, stop_s: second.stopSeconds }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function timedStart(
  data: string,
  extra: () => Promise<boolean>,
): Promise<{ seconds: number; stopSeconds: number }> {
  const port = await freePort()
  const env = { ...process.env, RUSHES_DATA_DIR: data, RUSHES_PORT: String(port), RUSHES_LOG: 'warn' }
  const started = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
  await until(npm, async () => (await isServed(port)) && (await extra()))
  const ready = performance.now()
  process.kill(-npm.pid!, 'SIGTERM')
  await released(join(data, 'lock'))
  return { seconds: toSeconds(ready - started), stopSeconds: toSeconds(performance.now() - ready) }
}

async function until(npm: ChildProcess, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LONGEST_MS
  while (!(await check().catch(() => false))) {
    if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`)
    if (performance.now() > deadline) throw new Error(`npm start was not ready within ${LONGEST_MS / 1000} s`)
    await wait(50)
  }
}

/** The data folder's lock is the last thing that a stopping Rushes lets go. */
async function released(file: string): Promise<void> {
  for (;;) {
    using lock = lockFile(file)
    if (lock) return
    await wait(20)
  }
}

async function isServed(port: number): Promise<boolean> {
  const answers = ['/ready', '/'].map((path) => fetch(`http://127.0.0.1:${port}${path}`))
  return (await Promise.all(answers)).every(({ ok }) => ok)
}

function toSeconds(ms: number): number {
  return Math.round(ms) / 1000
}
