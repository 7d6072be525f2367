import type { Projects } from '@rushes/core'

/** V2's Webhook (section 1.12); `secret` only in the answer that made it. */
export function webhookView({ webhook, events, secret }: Projects.WebhookDetail) {
  const { failing_since: _, creator_id: __, ...columns } = webhook
  return { _type: 'webhook', ...columns, events, ...(secret && { secret }) }
}
