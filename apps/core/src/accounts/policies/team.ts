import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'

export type TeamRole = 'owner' | 'admin' | 'team_manager' | 'member' | 'system' | 'staff'
export type AccessibleTeam = Selectable<Tables['teams']> & { role: TeamRole }

/** SQL: the actor's role in team `t`, or null. */
export function teamRole({ actor }: Ctx) {
  if (actor.kind === 'system' || actor.kind === 'staff') return sql<TeamRole>`${sql.lit(actor.kind)}::text`
  if (actor.kind !== 'user') return sql<TeamRole>`null::text`
  return sql<TeamRole>`coalesce(
    (select 'owner' from accounts o where o.id = t.account_id and o.owner_id = ${actor.userId}),
    (select 'admin' from account_members m where m.account_id = t.account_id and m.user_id = ${actor.userId} and m.role = 'admin'),
    (select tm.role from team_members tm where tm.team_id = t.id and tm.user_id = ${actor.userId}))`
}

async function find(ctx: Ctx, id: string): Promise<AccessibleTeam | null> {
  const { rows } = await sql<AccessibleTeam>`select row.* from (
      select t.*, ${teamRole(ctx)} as role from teams t where t.id = ${id} and t.deleted_at is null
    ) row where row.role is not null`.execute(ctx.db)
  return rows[0] ?? null
}

const MANAGERS: ReadonlySet<TeamRole> = new Set<TeamRole>(['owner', 'admin', 'team_manager', 'system'])

export const readTeam = {
  name: 'team.read',
  scope: 'team.read',
  find,
  allows: () => true,
} satisfies Policy<AccessibleTeam, 'team.read'>

export const updateTeamPolicy = {
  name: 'team.update',
  scope: 'team.update',
  find,
  allows: (_ctx, row) => MANAGERS.has(row.role),
} satisfies Policy<AccessibleTeam, 'team.update'>

export const createProjectPolicy = {
  name: 'project.create',
  scope: 'project.create',
  find,
  allows: (_ctx, row) => row.role !== 'staff',
} satisfies Policy<AccessibleTeam, 'project.create'>

export const readTeamProjects = {
  name: 'project.list',
  scope: 'project.read',
  find,
  allows: () => true,
} satisfies Policy<AccessibleTeam, 'project.list'>

export const createWebhookPolicy = {
  name: 'webhook.create',
  scope: 'webhook.create',
  find,
  allows: (_ctx, row) => MANAGERS.has(row.role),
} satisfies Policy<AccessibleTeam, 'webhook.create'>

export type GrantedTeam<Name extends string> = Granted<AccessibleTeam, Name>
