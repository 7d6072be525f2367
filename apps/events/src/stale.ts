import { Consumers, type Core, Log } from '@rushes/core'
import { logger } from '@rushes/monitoring'
import type { Lane } from './lane.ts'
import { createWake } from './wake.ts'

const log = logger('events')
const BATCH = 1000
const POLL_MS = 1000

/**
 * Drops from this process's cache what events made stale. Every process has its own memory, so this lane has no shared cursor:
 * it starts at the log's end and only looks forward.
 */
export function runStaleLane(core: Core): Lane {
  const stop = new AbortController()
  const wake = createWake()
  const running = loop()

  async function loop(): Promise<void> {
    let cursor: Log.Cursor | null = null
    while (!stop.signal.aborted) {
      try {
        cursor ??= await Log.readEnd(core.db)
        const events = await Log.readAfter(core.db, cursor, BATCH)
        core.cache.drop(Consumers.staleKeys(events))
        const last = events.at(-1)
        if (last) cursor = { xid: last.xid, id: last.id }
        if (events.length < BATCH) await wake.wait(POLL_MS, stop.signal)
      } catch (error) {
        log.warn('cache lane stumbled', { error })
        await wake.wait(POLL_MS, stop.signal)
      }
    }
  }

  return {
    name: 'cache',
    ring: wake.ring,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}
