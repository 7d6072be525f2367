import { randomUUID } from 'node:crypto'
import { Consumers, type Core, Log } from '@rushes/core'
import { metrics } from '@rushes/monitoring'
import { consumers } from './consumers/index.ts'
import { type Lane, runLane } from './lane.ts'
import { runPostman } from './postman.ts'
import { runStaleLane } from './stale.ts'
import type { Sender } from './webhooks/index.ts'

const MEASURE_MS = 10_000

export interface BroadcasterOptions {
  sender: Sender
  /** Tells processes apart in the leases. */
  owner?: string
}

/** The event system of one process. */
export interface Broadcaster extends AsyncDisposable {
  /** Resolves when every lane has taken all that was committed before the call, and no delivery is due. For tests. */
  settle(): Promise<void>
}

/**
 * Broadcasts every change to all consumers at once: one bell wakes every lane, and each goes its own way through the log, so
 * that nobody waits for the slowest.
 */
export function startBroadcaster(
  core: Core,
  { sender, owner = randomUUID() }: BroadcasterOptions,
): Broadcaster {
  const lanes: Lane[] = [
    ...consumers.map((consumer) => runLane(core, consumer, owner)),
    runStaleLane(core),
    runPostman(core, sender),
  ]
  const ring = () => {
    for (const lane of lanes) lane.ring()
  }
  const bell = core.doorbell.listen(ring)
  const measuring = setInterval(() => void measure(core).catch(() => {}), MEASURE_MS)
  measuring.unref()
  return {
    settle: () => settle(core, ring),
    async [Symbol.asyncDispose]() {
      clearInterval(measuring)
      bell[Symbol.dispose]()
      await Promise.all(lanes.map((lane) => lane[Symbol.asyncDispose]()))
    },
  }
}

async function measure(core: Core): Promise<void> {
  for (const lane of await Log.readLanes(core)) {
    metrics.gauge('events.lane.lag_events', lane.lag_events, { consumer: lane.name })
    metrics.gauge('events.lane.lag_seconds', lane.lag_seconds, { consumer: lane.name })
    metrics.gauge('events.lane.dead', lane.dead, { consumer: lane.name })
  }
  metrics.gauge('events.horizon_age_seconds', await Log.readHorizonAge(core))
}

async function settle(core: Core, ring: () => void): Promise<void> {
  for (;;) {
    ring()
    const [lanes, due] = await Promise.all([Log.readLanes(core), Consumers.countDue(core)])
    const started = consumers.every(({ name }) => lanes.some((lane) => lane.name === name))
    if (started && due === 0 && lanes.every((lane) => lane.lag_events === 0)) return
  }
}
