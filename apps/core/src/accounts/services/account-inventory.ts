import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'

/** Somebody in an account, with their strongest standing there. */
export interface PersonLine {
  id: string
  name: string
  email: string
  standing: string
  teams: string | null
  sessions: number
  last_seen: string | null
  deleted_at: string | null
}

export interface TeamLine {
  id: string
  name: string
  member_count: number
  project_count: number
  file_count: number
  storage: number
  deleted_at: string | null
}

export interface ProjectLine {
  id: string
  name: string
  team: string
  private: boolean
  file_count: number
  folder_count: number
  collaborator_count: number
  storage: number
  updated_at: string
  deleted_at: string | null
}

/** As many lines as a page of the Support Tool shows. */
const MOST = 200

/** Owner, members of account and teams, and collaborators; the strongest standing of each. */
export async function readPeople({ db }: Ctx, accountId: string): Promise<PersonLine[]> {
  const { rows } = await sql<PersonLine>`
    with found as (
      select owner_id as id, 1 as rank, 'owner' as standing, null as team from accounts where id = ${accountId}
      union all
      select user_id, 2, role, null from account_members where account_id = ${accountId}
      union all
      select m.user_id, 3, m.role, t.name from team_members m join teams t on t.id = m.team_id where t.account_id = ${accountId}
      union all
      select c.user_id, 4, 'collaborator', null from collaborators c join projects p on p.id = c.project_id where p.account_id = ${accountId}
    ), people as (
      select id, min(rank) as rank, (array_agg(standing order by rank))[1] as standing, string_agg(distinct team, ', ') as teams
        from found group by id
    )
    select u.id, u.name, u.email::text as email, replace(people.standing, '_', ' ') as standing, people.teams, u.last_seen, u.deleted_at,
           (select count(*) from sessions s where s.user_id = u.id and s.revoked_at is null and s.idle_until > now() and s.expires_at > now()) as sessions
      from people join users u on u.id = people.id order by people.rank, u.name, u.id limit ${MOST}`.execute(
    db,
  )
  return rows
}

export async function readTeamLines({ db }: Ctx, accountId: string): Promise<TeamLine[]> {
  const { rows } = await sql<TeamLine>`
    select t.id, t.name, t.deleted_at, (select count(*) from team_members m where m.team_id = t.id) as member_count,
           p.project_count, p.file_count, p.storage
      from teams t, lateral (
        select count(*) as project_count, coalesce(sum(file_count), 0)::bigint as file_count, coalesce(sum(storage), 0)::bigint as storage
          from projects where team_id = t.id and deleted_at is null) p
     where t.account_id = ${accountId} order by t.deleted_at nulls first, t.name, t.id`.execute(db)
  return rows
}

/** Latest first, the deleted ones last. */
export async function readProjectLines({ db }: Ctx, accountId: string): Promise<ProjectLine[]> {
  const { rows } = await sql<ProjectLine>`
    select p.id, p.name, t.name as team, p.private, p.file_count, p.folder_count, p.collaborator_count, p.storage, p.updated_at, p.deleted_at
      from projects p join teams t on t.id = p.team_id
     where p.account_id = ${accountId} order by p.deleted_at nulls first, p.updated_at desc, p.id limit ${MOST}`.execute(
    db,
  )
  return rows
}
