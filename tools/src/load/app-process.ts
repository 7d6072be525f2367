import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@rushes/db/embedded'

const MAIN = fileURLToPath(new URL('../../../releases/src/main.ts', import.meta.url))
const READY_MS = 30_000

/** An app of Rushes in a process of its own, as in its own container. */
export interface AppProcess extends AsyncDisposable {
  /** Where it answers. */
  readonly base: string
  readonly pid: number
  /** Kills it as a power cut would, without any chance to finish. */
  kill(): Promise<void>
  /** Starts it again on the same address and data, and waits until it is ready. */
  restart(): Promise<void>
}

/** Starts the API alone against a database, on a data folder of its own, and waits until it is ready. */
export async function startApi(databaseUrl: string): Promise<AppProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-api-'))
  const api = await startApps(['api'], databaseUrl, folder)
  return {
    ...api,
    get pid() {
      return api.pid
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Starts apps, the API among them, in one process on a database and a data folder, and waits until they are ready. */
export async function startApps(apps: string[], databaseUrl: string, folder: string): Promise<AppProcess> {
  const port = (await freePort()) - 1
  const base = `http://127.0.0.1:${port + 1}`
  let child: ChildProcess

  function launch(): void {
    child = spawn(process.execPath, [MAIN, ...apps], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl,
        RUSHES_DATA_DIR: folder,
        RUSHES_PORT: String(port),
        RUSHES_LOG: 'error',
        RUSHES_DEMO: 'off',
      },
    })
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  launch()
  await untilReady(base)
  return {
    base,
    get pid() {
      return child.pid ?? 0
    },
    kill: () => stop('SIGKILL'),
    async restart() {
      launch()
      await untilReady(base)
    },
    async [Symbol.asyncDispose]() {
      await stop('SIGTERM')
    },
  }
}

/** Asks `/ready` until it says yes. Throws after half a minute. */
export async function untilReady(base: string): Promise<void> {
  const end = performance.now() + READY_MS
  for (;;) {
    const answer = await fetch(`${base}/ready`).catch(() => null)
    if (answer?.ok) return
    if (performance.now() > end)
      throw new Error(`${base} is not ready: ${(await answer?.text()) ?? 'no answer'}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
