import type { Tables } from '@rushes/db'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { GrantedAccount } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { datetime, type Page, pageInput } from '../../input.ts'
import type { GrantedUser } from '../policies/user-events.ts'

export type AuditRow = Selectable<Tables['audits']>

const one = z.string().max(255).optional()
const moment = z.union([datetime(), z.iso.date()]).optional()

export const ListAuditEvents = z.object({
  ...pageInput,
  filters: z
    .object({
      start_date: moment,
      end_date: moment,
      resource_type: one,
      event_type: one,
      team_id: one,
      project_id: one,
      resource_id: one,
      user_id: one,
      ip_address: one,
    })
    .default({}),
})

type Listing = z.infer<typeof ListAuditEvents>

/** What was done in the account, latest first. */
export function listAccountEvents(
  ctx: Ctx,
  account: GrantedAccount<'auditlog.read'>,
  input: Listing,
): Promise<Page<AuditRow>> {
  return list(ctx, sql`t.account_id = ${account.id}`, input)
}

/** What a person did, latest first: all of it for themselves, for others what they did in accounts of theirs. */
export function listUserEvents(
  ctx: Ctx,
  user: GrantedUser<'auditlog.read_user'>,
  input: Listing,
): Promise<Page<AuditRow>> {
  const where = sql`t.actor_id = ${user.id} and t.actor ->> 'kind' = 'user'
    and (${user.self} or t.account_id = any(${user.administered}::uuid[]))`
  return list(ctx, where, input)
}

async function list(ctx: Ctx, where: RawBuilder<unknown>, { filters, page, page_size }: Listing) {
  const { rows } = await sql<AuditRow & { total: number }>`
    select t.*, count(*) over () as total from audits t where ${where} ${conditions(filters)}
     order by t.occurred_at desc, t.id desc limit ${page_size} offset ${(page - 1) * page_size}`.execute(
    ctx.db,
  )
  return { rows, total: rows[0]?.total ?? 0, page, page_size }
}

function conditions(filters: Listing['filters']): RawBuilder<unknown> {
  const { start_date, end_date, event_type, ip_address } = filters
  const equal: [RawBuilder<unknown>, string | undefined][] = [
    [sql`t.action`, event_type && actionOf(event_type)],
    [sql`t.item_type`, filters.resource_type],
    [sql`t.item_id::text`, filters.resource_id?.toLowerCase()],
    [sql`t.team_id::text`, filters.team_id?.toLowerCase()],
    [sql`t.project_id::text`, filters.project_id?.toLowerCase()],
    [sql`t.actor_id::text`, filters.user_id?.toLowerCase()],
    [sql`host(t.ip_address)`, ip_address?.toLowerCase()],
  ]
  const terms = equal.flatMap(([column, value]) =>
    value === undefined ? [] : [sql`and ${column} = ${value}`],
  )
  if (start_date) terms.push(sql`and t.occurred_at >= ${start_date}::timestamptz`)
  // A day includes all of itself.
  if (end_date?.length === 10)
    terms.push(sql`and t.occurred_at < ${end_date}::timestamptz + interval '1 day'`)
  else if (end_date) terms.push(sql`and t.occurred_at <= ${end_date}::timestamptz`)
  return sql.join(terms, sql` `)
}

/** Where a legacy action and the event type of the same thing aren't the same words. */
const otherwise = new Map([
  ['AssetLabelUpdated', 'label_updated'],
  ['AssetUploaded', 'file_uploaded'],
  ['CollaboratorCreated', 'collaborator_added'],
  ['ReviewLinkViewed', 'share_viewed'],
])
const back = new Map([...otherwise].map(([action, type]) => [type, action]))

/** V2's name of an event (v2 App. B.1) from that of the legacy audit log: `asset_created` from `AssetCreated`. */
export function eventTypeOf(action: string): string {
  return (
    otherwise.get(action) ??
    action.replaceAll(/(?<=[a-z])[A-Z]|^[A-Z]/g, (letter, place) =>
      place === 0 ? letter.toLowerCase() : `_${letter.toLowerCase()}`,
    )
  )
}

function actionOf(eventType: string): string {
  return back.get(eventType) ?? eventType.replaceAll(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase())
}
