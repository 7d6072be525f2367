import { Consumers, type Core } from '@rushes/core'
import { logger, metrics } from '@rushes/monitoring'
import type { Lane } from './lane.ts'
import { createWake } from './wake.ts'
import { deliverWebhook, retryDelay, type Sender } from './webhooks/index.ts'

const log = logger('webhooks')
const AT_ONCE = 16
const POLL_MS = 1000

/** Sends the webhook deliveries that are due. Several processes may: each delivery is claimed by one for a minute. */
export function runPostman(core: Core, sender: Sender): Lane {
  const stop = new AbortController()
  const wake = createWake()
  const running = loop()

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        const due = await Consumers.claimDeliveries(core, AT_ONCE)
        await Promise.all(due.map((delivery) => send(core, sender, delivery)))
        if (due.length === 0) await wake.wait(POLL_MS, stop.signal)
      } catch (error) {
        log.warn('postman stumbled', { error })
        await wake.wait(POLL_MS, stop.signal)
      }
    }
  }

  return {
    name: 'postman',
    ring: wake.ring,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

async function send(core: Core, sender: Sender, delivery: Consumers.DueDelivery): Promise<void> {
  const result = await deliverWebhook(sender, { ...delivery, at: new Date() })
  metrics.count('webhooks.sent', 1, { result: result.ok ? 'ok' : result.code })
  await Consumers.settleDelivery(core, delivery.id, {
    status: result.status ?? null,
    error: result.ok ? null : result.code,
    retryInSeconds: result.ok ? null : (retryDelay(delivery.attempts, Math.random()) ?? null),
  })
}
