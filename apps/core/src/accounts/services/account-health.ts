import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'

/** A file that couldn't be processed, or whose upload ended half-way. */
export interface FailedFile {
  id: string
  name: string
  project: string
  failure_code: string | null
  failure_detail: string | null
  updated_at: string
}

/** A webhook without its secret; of its URL only where it goes, since paths and queries carry tokens. */
export interface HookState {
  id: string
  name: string
  origin: string
  active: boolean
  failing_since: string | null
  due: number
  failed: number
  delivered: number
  last_status: number | null
  last_error: string | null
}

/** An event of the account that a lane couldn't handle. */
export interface StuckEvent {
  lane: string
  type: string
  state: string
  attempts: number
  error: string | null
  occurred_at: string
}

export interface AuditLine {
  action: string
  actor_kind: string
  actor: string | null
  item_type: string
  item_id: string
  source: string
  ip_address: string | null
  reason: string | null
  occurred_at: string
}

export async function readFailedFiles({ db }: Ctx, accountId: string): Promise<FailedFile[]> {
  const { rows } = await sql<FailedFile>`
    select a.id, a.name, p.name as project, m.failure_code, m.failure_detail, a.updated_at
      from assets a join projects p on p.id = a.project_id left join asset_media m on m.asset_id = a.id
     where a.account_id = ${accountId} and a.deleted_at is null and (a.status = 'failed' or a.upload_failed_at is not null)
     order by a.updated_at desc limit 20`.execute(db)
  return rows
}

export async function readHookStates({ db }: Ctx, accountId: string): Promise<HookState[]> {
  const { rows } = await sql<Omit<HookState, 'origin'> & { url: string }>`
    select w.id, w.name, w.url, w.active, w.failing_since,
           count(d.id) filter (where d.state = 'due') as due, count(d.id) filter (where d.state = 'failed') as failed,
           count(d.id) filter (where d.state = 'delivered') as delivered, last.last_status, last.last_error
      from webhooks w left join webhook_deliveries d on d.webhook_id = w.id
      left join lateral (select l.last_status, l.last_error from webhook_deliveries l
                          where l.webhook_id = w.id and l.attempts > 0 order by l.event_id desc limit 1) last on true
     where w.account_id = ${accountId} and w.deleted_at is null
     group by w.id, last.last_status, last.last_error order by w.failing_since nulls last, w.name, w.id limit 100`.execute(
    db,
  )
  return rows.map(({ url, ...row }) => ({ ...row, origin: originOf(url) }))
}

/** Scheme and host, without the password that may stand before it. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'nowhere'
}

export async function readStuckEvents({ db }: Ctx, accountId: string): Promise<StuckEvent[]> {
  const { rows } = await sql<StuckEvent>`
    select b.lane, e.type, b.state, b.attempts, b.error, e.occurred_at
      from lane_backlog b join events e on e.id = b.event_id and e.occurred_at = b.event_at
     where e.account_id = ${accountId} order by b.state, e.id desc limit 50`.execute(db)
  return rows
}

export async function readAuditLines({ db }: Ctx, accountId: string): Promise<AuditLine[]> {
  const { rows } = await sql<AuditLine>`
    select t.action, t.actor ->> 'kind' as actor_kind, coalesce(u.name, g.name) as actor, t.item_type, t.item_id, t.source,
           host(t.ip_address) as ip_address, t.details ->> 'reason' as reason, t.occurred_at
      from audits t left join users u on u.id = t.actor_id left join anonymous_users g on g.id = t.actor_id
     where t.account_id = ${accountId} order by t.occurred_at desc, t.id desc limit 50`.execute(db)
  return rows
}
