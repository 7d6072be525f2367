import { newCode } from '@rushes/auth'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { AccessibleTeam, GrantedAccount, GrantedTeam } from '../../accounts/index.ts'
import { type Ctx, change, type Tx } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { CoreError, invalid } from '../../errors.ts'
import { webhookTypes } from '../../events.ts'
import { boolean, id, name, type Page, type PageInput } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { GrantedWebhook, WebhookRow } from '../policies/webhook.ts'

const SECRET_LENGTH = 64

const events = z.array(z.string().max(100)).min(1).max(50)
const url = z.string().max(2048)

export const CreateWebhook = z.object({ name: name(), url, events, project_id: id().optional() })
export const UpdateWebhook = z.object({
  name: name().optional(),
  url: url.optional(),
  events: events.optional(),
  active: boolean().optional(),
})

/** A webhook with what it hears of; `secret` only in the answer that made it. */
export interface WebhookDetail {
  webhook: WebhookRow
  events: string[]
  secret: string | null
}

function checkEvents(given: string[] | undefined): void {
  const known = new Set(webhookTypes())
  const unknown = given?.find((type) => !known.has(type))
  if (unknown !== undefined) throw invalid('events', 'events has a type that can not be subscribed to')
}

export async function createWebhook(
  ctx: Ctx,
  team: GrantedTeam<'webhook.create'>,
  input: z.infer<typeof CreateWebhook>,
): Promise<WebhookDetail> {
  checkEvents(input.events)
  ctx.core.checkHookUrl(input.url)
  const secret = newCode(SECRET_LENGTH)
  const webhookId = await change(ctx, async (tx, emit) => {
    if (input.project_id) await refuseForeignProject(tx, team.id, input.project_id)
    const row = await tx
      .insertInto('webhooks')
      .values({
        account_id: team.account_id,
        team_id: team.id,
        project_id: input.project_id ?? null,
        creator_id: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
        name: input.name,
        url: input.url,
        secret,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await subscribe(tx, row.id, input.events)
    emit({
      ...about(team.account_id, team.id),
      type: 'webhook.created',
      subjectId: row.id,
      data: { name: input.name, events: input.events },
    })
    return row.id
  })
  return { ...(await readWebhookDetail(ctx, webhookId)), secret }
}

async function refuseForeignProject(tx: Tx, teamId: string, projectId: string): Promise<void> {
  const row = await tx
    .selectFrom('projects')
    .select('id')
    .where('id', '=', projectId)
    .where('team_id', '=', teamId)
    .executeTakeFirst()
  if (!row) throw new CoreError('not_found')
}

async function subscribe(tx: Tx, webhookId: string, types: string[]): Promise<void> {
  await sql`delete from webhook_events where webhook_id = ${webhookId} and type <> all(${types}::text[])`.execute(
    tx,
  )
  await sql`insert into webhook_events (webhook_id, type) select ${webhookId}, unnest(${types}::text[]) on conflict do nothing`.execute(
    tx,
  )
}

function about(accountId: string, teamId: string) {
  return { version: 1 as const, accountId, teamId, projectId: null }
}

export async function updateWebhook(
  ctx: Ctx,
  webhook: GrantedWebhook<'webhook.update'>,
  input: z.infer<typeof UpdateWebhook>,
): Promise<WebhookDetail> {
  checkEvents(input.events)
  if (input.url) ctx.core.checkHookUrl(input.url)
  const { events: types, ...values } = definedOnly(input)
  await change(ctx, async (tx, emit) => {
    const healed = values.active ? { failing_since: null } : {}
    await tx
      .updateTable('webhooks')
      .set({ ...values, ...healed, updated_at: sql`now()` })
      .where('id', '=', webhook.id)
      .execute()
    if (types) await subscribe(tx, webhook.id, types)
    emit({
      ...about(webhook.account_id, webhook.team_id),
      type: 'webhook.updated',
      subjectId: webhook.id,
      data: { changed: Object.keys(input) },
    })
  })
  return readWebhookDetail(ctx, webhook.id)
}

export async function deleteWebhook(
  ctx: Ctx,
  webhook: GrantedWebhook<'webhook.delete'>,
): Promise<WebhookDetail> {
  await change(ctx, async (tx, emit) => {
    await tx
      .updateTable('webhooks')
      .set({ deleted_at: sql`now()`, active: false })
      .where('id', '=', webhook.id)
      .execute()
    emit({
      ...about(webhook.account_id, webhook.team_id),
      type: 'webhook.deleted',
      subjectId: webhook.id,
      data: {},
    })
  })
  return readWebhookDetail(ctx, webhook.id)
}

export function getWebhook(ctx: Ctx, webhook: GrantedWebhook<'webhook.read'>): Promise<WebhookDetail> {
  return readWebhookDetail(ctx, webhook.id)
}

const shown = sql`w.id, w.account_id, w.team_id, w.project_id, w.app_id, w.creator_id, w.name, w.url, w.active, w.failing_since,
  w.inserted_at, w.updated_at, w.deleted_at,
  array(select e.type from webhook_events e where e.webhook_id = w.id order by e.type) as events`

type Row = WebhookRow & { events: string[] }

async function readWebhookDetail(ctx: Ctx, webhookId: string): Promise<WebhookDetail> {
  const { rows } = await sql<Row>`select ${shown} from webhooks w where w.id = ${webhookId}`.execute(ctx.db)
  if (!rows[0]) throw new CoreError('not_found')
  return detail(rows[0])
}

function detail({ events, ...webhook }: Row): WebhookDetail {
  return { webhook, events, secret: null }
}

export function listAccountWebhooks(
  ctx: Ctx,
  account: GrantedAccount<'webhook.list'>,
  page: PageInput,
): Promise<Page<WebhookDetail>> {
  return list(ctx, sql`w.account_id = ${account.id}`, page)
}

export function listTeamWebhooks(
  ctx: Ctx,
  team: Granted<AccessibleTeam, 'webhook.list_team'>,
  page: PageInput,
): Promise<Page<WebhookDetail>> {
  return list(ctx, sql`w.team_id = ${team.id}`, page)
}

async function list(ctx: Ctx, where: RawBuilder<unknown>, page: PageInput): Promise<Page<WebhookDetail>> {
  const { rows } = await sql<
    Row & { total: number }
  >`select ${shown}, count(*) over () as total from webhooks w
    where ${where} and w.deleted_at is null order by w.inserted_at, w.id
    limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(ctx.db)
  return { rows: rows.map(({ total: _, ...row }) => detail(row)), total: rows[0]?.total ?? 0, ...page }
}
