import { Consumers, type Log } from '@rushes/core'

/** A durable consumer: a name for its cursor, and what it writes. What events mean to it is decided in Core. */
export interface Consumer {
  name: string
  effect: Log.Effect
}

/** Everyone who hears of every change, each in a lane of its own. */
export const consumers: readonly Consumer[] = [
  { name: 'audits', effect: Consumers.recordAudits },
  { name: 'analytics', effect: Consumers.recordAnalytics },
  { name: 'notifications', effect: Consumers.recordNotifications },
  { name: 'usage', effect: Consumers.recordUsage },
  { name: 'webhooks', effect: Consumers.queueDeliveries },
]
