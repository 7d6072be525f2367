import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { readTeam } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'

export type WebhookRow = Omit<Selectable<Tables['webhooks']>, 'secret'>
export type AccessibleWebhook = WebhookRow & { team_role: string }

const MANAGERS: ReadonlySet<string> = new Set(['owner', 'admin', 'team_manager', 'system'])

async function find(ctx: Ctx, id: string): Promise<AccessibleWebhook | null> {
  const { rows } =
    await sql<WebhookRow>`select id, account_id, team_id, project_id, app_id, creator_id, name, url, active,
      failing_since, inserted_at, updated_at, deleted_at from webhooks where id = ${id} and deleted_at is null`.execute(
      ctx.db,
    )
  const team = rows[0] ? await readTeam.find(ctx, rows[0].team_id) : null
  return rows[0] && team ? { ...rows[0], team_role: team.role } : null
}

const allows = (_ctx: Ctx, row: AccessibleWebhook) => MANAGERS.has(row.team_role)

export const readWebhook = {
  name: 'webhook.read',
  scope: 'webhook.read',
  find,
  allows: () => true,
} satisfies Policy<AccessibleWebhook, 'webhook.read'>

export const updateWebhookPolicy = {
  name: 'webhook.update',
  scope: 'webhook.update',
  find,
  allows,
} satisfies Policy<AccessibleWebhook, 'webhook.update'>

export const deleteWebhookPolicy = {
  name: 'webhook.delete',
  scope: 'webhook.delete',
  find,
  allows,
} satisfies Policy<AccessibleWebhook, 'webhook.delete'>

export type GrantedWebhook<Name extends string> = Granted<AccessibleWebhook, Name>
