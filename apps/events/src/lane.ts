import { type Core, Log } from '@rushes/core'
import { logger, metrics } from '@rushes/monitoring'
import type { Consumer } from './consumers/index.ts'
import { createWake } from './wake.ts'

const log = logger('events')
const BATCH = 500
/** Without a ring the log is looked at this often: the bound on latency when the doorbell is lost. */
const POLL_MS = 1000
const RENEW_MS = 3000
const BACKLOG_MS = 1000
const MOST_BACKOFF_MS = 30_000

/** One consumer's way through the log, in this process. */
export interface Lane extends AsyncDisposable {
  readonly name: string
  /** There may be something to read. */
  ring(): void
}

/**
 * Runs a consumer: takes its lease, steps through the log, retries what failed, and waits for the bell. Whatever goes wrong
 * is logged and tried again later with jitter; a slow or failing consumer holds up nobody else. Disposal finishes the
 * step at hand and gives the lease up.
 */
export function runLane(core: Core, { name, effect }: Consumer, owner: string): Lane {
  const stop = new AbortController()
  const wake = createWake()
  const turns = laneTurns(core, name, effect, owner)
  const running = loop()

  async function loop(): Promise<void> {
    let failures = 0
    while (!stop.signal.aborted) {
      try {
        const busy = await turns.next()
        failures = 0
        if (!busy) await wake.wait(POLL_MS, stop.signal)
      } catch (error) {
        failures++
        metrics.count('events.lane.failures', 1, { consumer: name })
        log.warn('lane stumbled', { consumer: name, error })
        await wake.wait(backoff(failures), stop.signal)
      }
    }
  }

  return {
    name,
    ring: wake.ring,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
      await turns.end()
    },
  }
}

function backoff(failures: number): number {
  return Math.random() * Math.min(MOST_BACKOFF_MS, 100 * 2 ** failures)
}

function laneTurns(core: Core, name: string, effect: Log.Effect, owner: string) {
  let lease: Log.Lease | null = null
  let renewedAt = 0
  let backlogAt = 0

  async function hold(): Promise<Log.Lease | null> {
    if (lease && Date.now() - renewedAt < RENEW_MS) return lease
    lease = await Log.takeLease(core, name, owner)
    renewedAt = Date.now()
    return lease
  }

  async function take(held: Log.Lease): Promise<boolean> {
    const step = await Log.stepLane(core, held, effect, BATCH)
    if (step.read > 0) metrics.count('events.consumed', step.read, { consumer: name })
    if (step.failed > 0) log.error('events failed', { consumer: name, failed: step.failed })
    const retried = Date.now() - backlogAt >= BACKLOG_MS ? await retry(held) : 0
    return step.read > 0 || retried > 0
  }

  async function retry(held: Log.Lease): Promise<number> {
    const retried = await Log.retryBacklog(core, held, effect)
    if (retried === 0) backlogAt = Date.now()
    return retried
  }

  return {
    /** One turn; true when there may be more to do at once. */
    async next(): Promise<boolean> {
      const held = await hold()
      if (!held) return false
      try {
        return await take(held)
      } catch (error) {
        lease = null
        if (error instanceof Log.FencedError) return false
        throw error
      }
    },
    async end(): Promise<void> {
      if (lease) await Log.dropLease(core, lease).catch(() => {})
    },
  }
}
