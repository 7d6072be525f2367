import { type AccessibleTeam, createWebhookPolicy } from '../../accounts/index.ts'
import type { Policy } from '../../policy.ts'

/** A team's webhooks, for who may make them and for our own staff. */
export const readTeamHooks = {
  name: 'webhook.list_team',
  scope: 'webhook.read',
  find: createWebhookPolicy.find,
  allows: (ctx, row) => createWebhookPolicy.allows(ctx, row) || row.role === 'staff',
} satisfies Policy<AccessibleTeam, 'webhook.list_team'>
