import { sql } from 'kysely'
import { type Core, type Tx, transact } from '../context.ts'
import { facet, type Stored } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'
import { known } from './audits.ts'

/**
 * The body of a V2 webhook: ids only, compact, keys in alphabetical order, since receivers re-serialise it before they
 * check the signature (H11).
 */
export function webhookBody(event: Stored, resource: { type: string; id: string }): string {
  return JSON.stringify({
    ...(event.projectId && { project: { id: event.projectId } }),
    resource: { id: resource.id, type: resource.type },
    team: { id: event.teamId },
    type: event.type,
    user: { id: event.actor.kind === 'user' ? event.actor.id : null },
  })
}

/** Queues a delivery for every active webhook that subscribes to an event; the sender does the rest. */
export async function queueDeliveries(tx: Tx, events: StoredRow[]): Promise<void> {
  const rows = known(events).flatMap((event) => {
    const entry = facet('webhook', event)
    if (!entry || !event.teamId) return []
    const body = webhookBody(event, entry.resource)
    return [
      { event_id: event.id, type: event.type, team_id: event.teamId, project_id: event.projectId, body },
    ]
  })
  if (rows.length === 0) return
  await sql`insert into webhook_deliveries (webhook_id, event_id, body)
    select w.id, row.event_id, row.body
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (event_id bigint, type text, team_id uuid, project_id uuid, body text)
      join webhooks w on w.team_id = row.team_id and w.active and w.deleted_at is null
       and (w.project_id is null or w.project_id = row.project_id)
      join webhook_events e on e.webhook_id = w.id and e.type = row.type
    on conflict do nothing`.execute(tx)
}

/** A delivery that is due, with what its sender needs. */
export interface DueDelivery {
  id: string
  webhook_id: string
  url: string
  secret: string
  body: string
  attempts: number
}

const CLAIM_SECONDS = 60

/**
 * Takes due deliveries for a minute, at most two at once to an endpoint, oldest first. A sender that dies gives them back by
 * that minute's end; each is then sent again with the same id.
 */
export function claimDeliveries(core: Core, limit: number): Promise<DueDelivery[]> {
  return transact(core.writer, async (tx) => {
    const { rows } = await sql<DueDelivery>`
      with due as (
        select d.id, row_number() over (partition by d.webhook_id order by d.next_at, d.event_id) as place, d.next_at
          from webhook_deliveries d where d.state = 'due' and d.next_at <= now()
      ), taken as (
        select d.id from webhook_deliveries d join due using (id) where due.place <= 2
         order by due.next_at limit ${limit} for update of d skip locked
      )
      update webhook_deliveries d set next_at = now() + make_interval(secs => ${CLAIM_SECONDS}), attempts = d.attempts + 1
        from taken, webhooks w where d.id = taken.id and w.id = d.webhook_id
      returning d.id, d.webhook_id, w.url, w.secret, d.body, d.attempts`.execute(tx)
    return rows
  })
}

/** What became of one try. `retryInSeconds` null: there will be no further try. */
export interface DeliveryOutcome {
  status: number | null
  error: string | null
  retryInSeconds: number | null
}

/** Writes down what became of a try. */
export async function settleDelivery(
  core: Core,
  id: string,
  { status, error, retryInSeconds }: DeliveryOutcome,
): Promise<void> {
  await transact(core.writer, async (tx) => {
    const state = error === null ? 'delivered' : retryInSeconds === null ? 'failed' : 'due'
    const { rows } = await sql<{
      webhook_id: string
    }>`update webhook_deliveries set state = ${state}, last_status = ${status}, last_error = ${error},
        delivered_at = case when ${state} = 'delivered' then now() end,
        next_at = now() + make_interval(secs => ${retryInSeconds ?? 0})
      where id = ${id} and state = 'due' returning webhook_id`.execute(tx)
    const webhookId = rows[0]?.webhook_id
    if (webhookId)
      await sql`update webhooks set failing_since = case when ${error === null} then null else coalesce(failing_since, now()) end
        where id = ${webhookId}`.execute(tx)
  })
}

/** Whether deliveries are due or waiting for another try soon; tests settle on it. */
export async function countDue(core: Core): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from webhook_deliveries where state = 'due' and next_at <= now()`.execute(core.db)
  return rows[0]?.n ?? 0
}
