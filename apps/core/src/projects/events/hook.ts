import type { Event, Protocols, Stored } from '../../events.ts'

export type HookEvent =
  | Event<'webhook.created', { name: string; events: string[] }>
  | Event<'webhook.updated', { changed: string[] }>
  | Event<'webhook.deleted', object>

const audit = (action: string) => (e: Stored<HookEvent>) => ({ action, itemType: 'webhook', details: e.data })
const rest = { analytics: null, notify: null, usage: null, cache: null, realtime: null, webhook: null }

export const hookProtocols: Protocols<HookEvent> = {
  'webhook.created': { ...rest, audit: audit('WebhookCreated') },
  'webhook.updated': { ...rest, audit: audit('WebhookUpdated') },
  'webhook.deleted': { ...rest, audit: audit('WebhookDeleted') },
}
