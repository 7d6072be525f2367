import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Page, PageInput } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { AccountRole, GrantedAccount } from '../policies/account.ts'
import type { Person } from '../policies/person.ts'
import { readUsers, type UserRow } from './get-me.ts'

/** An account with its owner and its counts, summed over its projects so that they can't drift. */
export interface AccountDetail {
  account: Selectable<Tables['accounts']>
  owner: UserRow | null
  counts: AccountCounts
}

interface AccountCounts {
  team_count: number
  project_count: number
  member_count: number
  user_count: number
  collaborator_count: number
  file_count: number
  folder_count: number
  storage: number
}

/** Every account in which the person is owner, member, or member of a team. */
export async function listAccounts(
  ctx: Ctx,
  person: Granted<Person, 'person'>,
  page: PageInput,
): Promise<Page<AccountDetail>> {
  const { rows } = await sql<Selectable<Tables['accounts']> & { total: number }>`
    select a.*, count(*) over () as total from accounts a
     where a.deleted_at is null and (a.owner_id = ${person.userId}
       or exists (select from account_members m where m.account_id = a.id and m.user_id = ${person.userId} and m.declined_at is null)
       or exists (select from team_members tm join teams t on t.id = tm.team_id where t.account_id = a.id and tm.user_id = ${person.userId}))
     order by a.display_name, a.id limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(
    ctx.db,
  )
  return { rows: await withDetails(ctx, rows), total: rows[0]?.total ?? 0, ...page }
}

export async function getAccount(ctx: Ctx, account: GrantedAccount<'account.read'>): Promise<AccountDetail> {
  const [detail] = await withDetails(ctx, [account])
  if (!detail) throw new Error('an account row has a detail')
  return detail
}

async function withDetails(ctx: Ctx, accounts: Selectable<Tables['accounts']>[]): Promise<AccountDetail[]> {
  const owners = await readUsers(
    ctx,
    accounts.map((account) => account.owner_id),
  )
  const counts = await readCounts(
    ctx,
    accounts.map((account) => account.id),
  )
  return accounts.flatMap((account) => {
    const own = counts.get(account.id)
    return own ? [{ account, owner: owners.get(account.owner_id) ?? null, counts: own }] : []
  })
}

async function readCounts(ctx: Ctx, ids: string[]): Promise<Map<string, AccountCounts>> {
  const { rows } = await sql<AccountCounts & { id: string }>`
    select a.id,
      (select count(*) from teams t where t.account_id = a.id and t.deleted_at is null) as team_count,
      (select count(distinct tm.user_id) from team_members tm join teams t on t.id = tm.team_id where t.account_id = a.id) as member_count,
      (select count(*) from users u where u.account_id = a.id and u.deleted_at is null) as user_count,
      p.* from accounts a, lateral (
        select count(*) as project_count, coalesce(sum(file_count), 0)::bigint as file_count, coalesce(sum(folder_count), 0)::bigint as folder_count,
               coalesce(sum(storage), 0)::bigint as storage, coalesce(sum(collaborator_count), 0)::bigint as collaborator_count
          from projects where account_id = a.id and deleted_at is null) p
     where a.id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** `/accounts/{id}/membership`: the strongest account role, the strongest team role, and whether they only review. */
export interface AccountMembership {
  account: AccountRole | null
  team: string | null
  reviewer: boolean
}

export async function getAccountMembership(
  ctx: Ctx,
  account: GrantedAccount<'account.read'>,
): Promise<AccountMembership> {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const { rows } = await sql<{ team: string | null }>`select max(tm.role) as team from team_members tm
    join teams t on t.id = tm.team_id where t.account_id = ${account.id} and tm.user_id = ${userId}`.execute(
    ctx.db,
  )
  return {
    account: account.role === 'member' ? null : account.role,
    team: rows[0]?.team ?? null,
    reviewer: false,
  }
}
