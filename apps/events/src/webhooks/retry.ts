/** Seconds between the first try and the second, and so on: quick at first, then out of the way of a long outage. */
const delays = [15, 60, 300, 1800, 7200, 18_000, 43_200, 86_400, 100_800] as const

/** How often one event is sent to one endpoint before it is given up, over about three days. */
export const WEBHOOK_TRIES = delays.length + 1

/**
 * Seconds to wait after `failedTries` failures (1 and up), or undefined when it was the last. `random` in [0, 1) spreads
 * them by ±10 %, so that endpoints which failed together do not come back together.
 */
export function retryDelay(failedTries: number, random: number): number | undefined {
  const delay = delays[failedTries - 1]
  return delay === undefined ? undefined : delay * (0.9 + 0.2 * random)
}
