import { Projects } from '@rushes/core'
import { type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { webhookView } from '../views/webhook.ts'

const nothing = z.object({})

export const hooks: Route[] = [
  route('GET /v2/hooks/:hook_id', {
    policy: Projects.readWebhook,
    id: 'hook_id',
    input: nothing,
    run: Projects.getWebhook,
    view: webhookView,
  }),
  route('PUT /v2/hooks/:hook_id', {
    policy: Projects.updateWebhookPolicy,
    id: 'hook_id',
    input: Projects.UpdateWebhook,
    run: Projects.updateWebhook,
    view: webhookView,
  }),
  route('DELETE /v2/hooks/:hook_id', {
    policy: Projects.deleteWebhookPolicy,
    id: 'hook_id',
    input: nothing,
    run: Projects.deleteWebhook,
    view: webhookView,
  }),
]
