import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type GrantedAccount, readUsers, type UserRow } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { datetime, type Page, pageInput } from '../../input.ts'

export interface AuditDetail {
  audit: Selectable<Tables['audits']>
  actor: UserRow | null
}

const one = z.string().max(255).optional().catch(undefined)

// By name, so that no text of the sender becomes SQL.
const operators = { eq: sql`=`, gt: sql`>`, lt: sql`<`, gte: sql`>=`, lte: sql`<=` }
const moment = z
  .object({
    op: z.enum(['eq', 'gt', 'lt', 'gte', 'lte']),
    value: z.union([datetime(), z.iso.date()]),
  })
  .optional()
  .catch(undefined)

export const ListAudits = z.object({
  ...pageInput,
  filter: z
    .object({
      item_id: one,
      item_type: one,
      action: one,
      actor_id: one,
      team_id: one,
      ip_address: one,
      inserted_at: moment,
    })
    .catch({})
    .default({}),
})

/** What was done in the account, latest first. */
export async function listAudits(
  ctx: Ctx,
  account: GrantedAccount<'auditlog.read'>,
  { filter: { inserted_at, ...filter }, page, page_size }: z.infer<typeof ListAudits>,
): Promise<Page<AuditDetail>> {
  const conditions = Object.entries(filter).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`and ${asText(column)} = ${value}`],
  )
  if (inserted_at)
    conditions.push(sql`and t.occurred_at ${operators[inserted_at.op]} ${inserted_at.value}::timestamptz`)
  const { rows } = await sql<Selectable<Tables['audits']> & { total: number }>`
    select t.*, count(*) over () as total from audits t where t.account_id = ${account.id} ${sql.join(conditions, sql` `)}
     order by t.occurred_at desc, t.id desc limit ${page_size} offset ${(page - 1) * page_size}`.execute(
    ctx.db,
  )
  const people = await readUsers(
    ctx,
    rows.map((row) => row.actor_id),
  )
  const details = rows.map((audit) => ({ audit, actor: people.get(audit.actor_id ?? '') ?? null }))
  return { rows: details, total: rows[0]?.total ?? 0, page, page_size }
}

/** An address without the `/32` that Postgres ends it with, and any other column as it is written. */
function asText(column: string) {
  return column === 'ip_address' ? sql`host(t.ip_address)` : sql`${sql.ref(`t.${column}`)}::text`
}
