import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { logger } from '@rushes/monitoring'
import type { Umbrella } from './umbrella.ts'

const NOTICE_MS = 5_000
const log = logger('releases')

/**
 * Waits for SIGTERM or SIGINT, then stops: not ready any more, 5 s for a proxy to notice, no new requests, those under way
 * finished, everything closed in reverse order. A second signal ends the process at once; the next start recovers.
 */
export async function untilStopped(
  umbrella: Umbrella,
  { behindProxy }: { behindProxy: boolean },
): Promise<void> {
  const signal = await Promise.race(
    ['SIGINT', 'SIGTERM'].map(async (name) => (await once(process, name)) && name),
  )
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(1))
  log.info('stopping', { signal })
  umbrella.health.drain()
  if (behindProxy) await wait(NOTICE_MS)
  await umbrella[Symbol.asyncDispose]()
  log.info('stopped')
}
