import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'

export type AccountRole =
  | 'owner'
  | 'admin'
  | 'account_manager'
  | 'billing_manager'
  | 'member'
  | 'system'
  | 'staff'
export type AccessibleAccount = Selectable<Tables['accounts']> & { role: AccountRole }

/** The account, for its owner, its members, members of its teams, and our own. */
async function find(ctx: Ctx, id: string): Promise<AccessibleAccount | null> {
  const { rows } = await sql<AccessibleAccount>`select row.* from (
      select a.*, ${accountRole(ctx)} as role from accounts a where a.id = ${id} and a.deleted_at is null
    ) row where row.role is not null`.execute(ctx.db)
  return rows[0] ?? null
}

/** SQL: the actor's role in account `a`, or null. */
export function accountRole({ actor }: Ctx) {
  if (actor.kind === 'system' || actor.kind === 'staff') return sql<AccountRole>`${sql.lit(actor.kind)}::text`
  if (actor.kind !== 'user') return sql<AccountRole>`null::text`
  return sql<AccountRole>`case when a.owner_id = ${actor.userId} then 'owner' else coalesce(
    (select m.role from account_members m where m.account_id = a.id and m.user_id = ${actor.userId} and m.declined_at is null),
    (select 'member' from team_members tm join teams t on t.id = tm.team_id
      where t.account_id = a.id and t.deleted_at is null and tm.user_id = ${actor.userId} limit 1)) end`
}

export const readAccount = {
  name: 'account.read',
  scope: 'account.read',
  find,
  allows: () => true,
} satisfies Policy<AccessibleAccount, 'account.read'>

const ADMINS: ReadonlySet<AccountRole> = new Set<AccountRole>(['owner', 'admin', 'system'])

export const createTeamPolicy = {
  name: 'team.create',
  scope: 'team.create',
  find,
  allows: (_ctx, row) => ADMINS.has(row.role),
} satisfies Policy<AccessibleAccount, 'team.create'>

export const readAudits = {
  name: 'auditlog.read',
  scope: 'auditlog.read',
  find,
  allows: (_ctx, row) => ADMINS.has(row.role) || row.role === 'staff',
} satisfies Policy<AccessibleAccount, 'auditlog.read'>

export const readAccountHooks = {
  name: 'webhook.list',
  scope: 'webhook.read',
  find,
  allows: (_ctx, row) => ADMINS.has(row.role) || row.role === 'staff',
} satisfies Policy<AccessibleAccount, 'webhook.list'>

export type GrantedAccount<Name extends string> = Granted<AccessibleAccount, Name>
