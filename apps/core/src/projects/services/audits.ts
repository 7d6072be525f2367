import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type GrantedAccount, readUsers, type UserRow } from '../../accounts/index.ts'
import type { Ctx } from '../../context.ts'
import { type Page, pageInput } from '../../input.ts'

export interface AuditDetail {
  audit: Selectable<Tables['audits']>
  actor: UserRow | null
}

const one = z.string().max(255).optional().catch(undefined)

export const ListAudits = z.object({
  ...pageInput,
  filter: z
    .object({ item_id: one, item_type: one, action: one, actor_id: one, team_id: one, ip_address: one })
    .catch({})
    .default({}),
})

/** What was done in the account, latest first. */
export async function listAudits(
  ctx: Ctx,
  account: GrantedAccount<'auditlog.read'>,
  { filter, page, page_size }: z.infer<typeof ListAudits>,
): Promise<Page<AuditDetail>> {
  const conditions = Object.entries(filter).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`and ${sql.ref(`t.${column}`)}::text = ${value}`],
  )
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
