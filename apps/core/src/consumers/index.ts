export { recordAnalytics } from './analytics.ts'
export { recordAudits, UnknownEventError } from './audits.ts'
export { staleKeys } from './cache.ts'
export { recordNotifications } from './notifications.ts'
export { realtimeEntry } from './realtime.ts'
export { recordUsage } from './usage.ts'
export {
  claimDeliveries,
  countDue,
  type DeliveryOutcome,
  type DueDelivery,
  queueDeliveries,
  settleDelivery,
} from './webhooks.ts'
