import { logger } from './log.ts'

export interface Readiness {
  status: 'ok' | 'unavailable'
  checks: Record<string, 'ok' | 'failed' | 'timeout' | 'draining'>
}

export interface Health {
  /** Names what must work before traffic may come; `check` rejects when it doesn't. The result removes it again. */
  require(name: string, check: (signal: AbortSignal) => Promise<unknown>): Disposable
  /** From now on not ready, so that a load balancer sends nothing new while the process shuts down. */
  drain(): void
  /** Answers while the event loop turns; no dependency is asked, for a restart would not cure it. */
  live(): { status: 'ok' }
  /** Runs every check at once. Reasons go to the log and never into the answer. */
  ready(): Promise<Readiness>
}

const log = logger('health')

/** What the process tells its supervisor. A check that takes longer than `timeoutMs` counts as failed. */
export function createHealth({ timeoutMs = 1000 } = {}): Health {
  const checks = new Map<string, (signal: AbortSignal) => Promise<unknown>>()
  let draining = false
  return {
    require(name, check) {
      if (checks.has(name)) throw new Error(`health check ${name} is already there`)
      checks.set(name, check)
      return { [Symbol.dispose]: () => void checks.delete(name) }
    },
    drain() {
      draining = true
    },
    live: () => ({ status: 'ok' }),
    async ready() {
      const results: Readiness['checks'] = draining ? { shutdown: 'draining' } : {}
      const all = [...checks].map(async ([name, check]) => {
        results[name] = await outcome(name, check, timeoutMs)
      })
      await Promise.all(all)
      const ok = Object.values(results).every((result) => result === 'ok')
      return { status: ok ? 'ok' : 'unavailable', checks: results }
    },
  }
}

async function outcome(name: string, check: (signal: AbortSignal) => Promise<unknown>, timeoutMs: number) {
  const { promise: late, resolve } = Promise.withResolvers<'timeout'>()
  const abort = new AbortController()
  const timer = setTimeout(() => {
    resolve('timeout')
    abort.abort()
  }, timeoutMs)
  try {
    return await Promise.race([check(abort.signal).then(() => 'ok' as const), late])
  } catch (error) {
    log.warn('health check failed', { check: name, error })
    return 'failed'
  } finally {
    clearTimeout(timer)
  }
}
