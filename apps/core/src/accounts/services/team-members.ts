import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, type Tx } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { email, id, type Page, type PageInput } from '../../input.ts'
import type { GrantedTeam } from '../policies/team.ts'
import { enqueueInvitation } from './enqueue-invitation.ts'
import { readUsers, type UserRow } from './get-me.ts'

export const AddTeamMember = z.object({
  email: email().optional(),
  user_id: id().optional(),
  role: z.enum(['member', 'team_manager']).default('member'),
})

/** A member, or somebody invited whom we don't know yet. */
export type Membership =
  | { pending: false; member: Selectable<Tables['team_members']>; user: UserRow | null }
  | { pending: true; member: Selectable<Tables['pending_team_members']> }

export async function listTeamMembers(
  ctx: Ctx,
  team: GrantedTeam<'team.read'>,
  page: PageInput,
): Promise<Page<Membership>> {
  const { rows } = await sql<Selectable<Tables['team_members']> & { total: number }>`
    select m.*, count(*) over () as total from team_members m where m.team_id = ${team.id}
     order by m.inserted_at, m.id limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(
    ctx.db,
  )
  const users = await readUsers(
    ctx,
    rows.map((row) => row.user_id),
  )
  const members = rows.map((member) => ({
    pending: false as const,
    member,
    user: users.get(member.user_id) ?? null,
  }))
  return { rows: members, total: rows[0]?.total ?? 0, ...page }
}

/** Invited e-mails that belong to nobody yet, in order. */
export async function listPendingTeamMembers(
  ctx: Ctx,
  team: GrantedTeam<'team.read'>,
  page: PageInput,
): Promise<Page<Membership>> {
  const { rows } = await sql<Selectable<Tables['pending_team_members']> & { total: number }>`
    select m.*, count(*) over () as total from pending_team_members m where m.team_id = ${team.id}
     order by m.email, m.id limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(
    ctx.db,
  )
  return {
    rows: rows.map((member) => ({ pending: true as const, member })),
    total: rows[0]?.total ?? 0,
    ...page,
  }
}

/** Adds somebody by e-mail or id; who has no user yet is kept as pending and invited by mail. Adding twice changes the role. */
export async function addTeamMember(
  ctx: Ctx,
  team: GrantedTeam<'team.update'>,
  input: z.infer<typeof AddTeamMember>,
): Promise<Membership> {
  if (!input.email && !input.user_id) throw invalid('email', 'email or user_id is required')
  return change(ctx, async (tx, emit) => {
    const user = await findUser(tx, input)
    if (!user && input.user_id) throw new CoreError('not_found')
    const membership = user
      ? await addKnown(tx, team.id, user, input.role)
      : await invite(ctx, tx, team.id, input.email ?? '', input.role)
    emit({
      ...about(team),
      type: 'teammember.created',
      subjectId: membership.member.id,
      data: { user_id: user?.id ?? null, email: user?.email ?? input.email ?? '', role: input.role },
    })
    return membership
  })
}

function about(team: { id: string; account_id: string }) {
  return { version: 1 as const, accountId: team.account_id, teamId: team.id, projectId: null }
}

async function findUser(
  tx: Tx,
  input: { email?: string | undefined; user_id?: string | undefined },
): Promise<UserRow | null> {
  const query = tx.selectFrom('users').selectAll().where('deleted_at', 'is', null)
  const row = await (input.user_id
    ? query.where('id', '=', input.user_id)
    : // Whoever signed up with an e-mail hasn't proven it: they get the invitation, and with it the proof.
      query.where('email', '=', input.email ?? '').where('email_confirmed_at', 'is not', null)
  ).executeTakeFirst()
  if (!row) return null
  const { password_hash: _, ...user } = row
  return user
}

async function addKnown(tx: Tx, teamId: string, user: UserRow, role: string): Promise<Membership> {
  const member = await tx
    .insertInto('team_members')
    .values({ team_id: teamId, user_id: user.id, role })
    .onConflict((conflict) =>
      conflict.columns(['team_id', 'user_id']).doUpdateSet({ role, updated_at: sql`now()` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return { pending: false, member, user }
}

async function invite(ctx: Ctx, tx: Tx, teamId: string, address: string, role: string): Promise<Membership> {
  await enqueueInvitation(ctx, tx, address, teamId)
  const member = await tx
    .insertInto('pending_team_members')
    .values({ team_id: teamId, email: address, role })
    .onConflict((conflict) => conflict.columns(['team_id', 'email']).doUpdateSet({ role }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return { pending: true, member }
}

/** Removes somebody by e-mail, member id or user id. Throws `conflict` for the last manager: a team must have one. */
export async function removeTeamMember(
  ctx: Ctx,
  team: GrantedTeam<'team.update'>,
  who: { email?: string | undefined; member_id?: string | undefined },
): Promise<Membership> {
  return change(ctx, async (tx, emit) => {
    const removed = (await removeKnown(tx, team.id, who)) ?? (await removePending(tx, team.id, who))
    if (!removed) throw new CoreError('not_found')
    const user = removed.pending ? null : removed.user
    const address = removed.pending ? removed.member.email : (user?.email ?? '')
    emit({
      ...about(team),
      type: 'teammember.deleted',
      subjectId: removed.member.id,
      data: { user_id: user?.id ?? null, email: address },
    })
    return removed
  })
}

async function removeKnown(
  tx: Tx,
  teamId: string,
  who: { email?: string | undefined; member_id?: string | undefined },
): Promise<Membership | null> {
  const { rows } = await sql<Selectable<Tables['team_members']>>`delete from team_members m using users u
    where m.team_id = ${teamId} and u.id = m.user_id
      and (u.email = ${who.email ?? null} or m.id::text = ${who.member_id ?? null} or m.user_id::text = ${who.member_id ?? null})
    returning m.*`.execute(tx)
  const member = rows[0]
  if (!member) return null
  if (member.role === 'team_manager') await refuseLastManager(tx, teamId)
  return {
    pending: false,
    member,
    user: (await readUsers({ db: tx }, [member.user_id])).get(member.user_id) ?? null,
  }
}

async function refuseLastManager(tx: Tx, teamId: string): Promise<void> {
  // The team's row is the lock that keeps two managers from removing each other at once.
  await sql`select from teams where id = ${teamId} for update`.execute(tx)
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from team_members where team_id = ${teamId} and role = 'team_manager'`.execute(tx)
  if (rows[0]?.n === 0) throw new CoreError('conflict', { detail: 'A team keeps at least one manager' })
}

async function removePending(
  tx: Tx,
  teamId: string,
  who: { email?: string | undefined; member_id?: string | undefined },
): Promise<Membership | null> {
  const { rows } = await sql<Selectable<Tables['pending_team_members']>>`delete from pending_team_members
    where team_id = ${teamId} and (email = ${who.email ?? null} or id::text = ${who.member_id ?? null}) returning *`.execute(
    tx,
  )
  return rows[0] ? { pending: true, member: rows[0] } : null
}
