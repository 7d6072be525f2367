import type { ChildProcess } from 'node:child_process'
import { logger } from '@rushes/monitoring'
import { patiently } from './patiently.ts'
import { type PostmasterOptions, startPostmaster, stopPostmaster } from './postmaster.ts'

/** A postmaster that is started again when it dies. */
export interface Supervised extends AsyncDisposable {
  readonly pid: number
  detach(): void
}

const log = logger('db')
const RESTARTS_A_MINUTE = 20

/** Starts the postmaster and keeps it running until disposed; gives up (and says so) after 20 deaths within a minute. */
export async function supervise(options: PostmasterOptions): Promise<Supervised> {
  const deaths: number[] = []
  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  let child = await patiently(() => startPostmaster(options))
  const lastResort = () => child.kill('SIGINT')

  function watch(current: ChildProcess): void {
    child = current
    current.once('exit', (code, signal) => {
      if (stopping) return
      log.error('the database server ended by itself', { code, signal })
      restarting = restart().catch((error) => log.error('the database server does not come back', { error }))
    })
  }

  async function restart(): Promise<void> {
    deaths.push(Date.now())
    if (deaths.filter((at) => at > Date.now() - 60_000).length > RESTARTS_A_MINUTE)
      throw new Error('it died too often')
    const next = await patiently(() => startPostmaster(options))
    watch(next)
    log.info('the database server is back', { pid: next.pid })
  }

  process.once('exit', lastResort)
  watch(child)
  return {
    get pid() {
      return child.pid!
    },
    detach() {
      process.off('exit', lastResort)
      child.unref()
    },
    async [Symbol.asyncDispose]() {
      stopping = true
      await restarting
      await stopPostmaster(child)
      process.off('exit', lastResort)
    },
  }
}
