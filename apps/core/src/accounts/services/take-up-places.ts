import { sql } from 'kysely'
import type { Emit, Tx } from '../../context.ts'

/** Lets somebody, whose e-mail is proven, in wherever it was waiting. Answers how many places that were. */
export async function takeUpPlaces(tx: Tx, emit: Emit, user: { id: string; email: string }): Promise<number> {
  await takeUpReviews(tx, user)
  return (await joinTeams(tx, emit, user)) + (await joinProjects(tx, emit, user))
}

async function joinTeams(tx: Tx, emit: Emit, { id, email }: { id: string; email: string }): Promise<number> {
  const { rows } = await sql<{ id: string; team_id: string; account_id: string; role: string }>`
    with waiting as (delete from pending_team_members where email = ${email} returning team_id, role)
    insert into team_members (team_id, user_id, role)
    select w.team_id, ${id}, w.role from waiting w join teams t on t.id = w.team_id and t.deleted_at is null order by w.team_id
    on conflict (team_id, user_id) do nothing
    returning id, team_id, role, (select account_id from teams t where t.id = team_members.team_id)`.execute(
    tx,
  )
  for (const row of rows)
    emit({
      type: 'teammember.created',
      version: 1,
      accountId: row.account_id,
      teamId: row.team_id,
      projectId: null,
      subjectId: row.id,
      data: { user_id: id, email, role: row.role },
    })
  return rows.length
}

async function joinProjects(
  tx: Tx,
  emit: Emit,
  { id, email }: { id: string; email: string },
): Promise<number> {
  const { rows } = await sql<{ id: string; project_id: string; team_id: string; account_id: string }>`
    with waiting as (delete from pending_collaborators where email = ${email} returning *),
    joined as (
      insert into collaborators (project_id, user_id, creator_id, message)
      select w.project_id, ${id}, w.creator_id, w.message
        from waiting w join projects p on p.id = w.project_id and p.deleted_at is null order by w.project_id
      on conflict (project_id, user_id) do nothing
      returning id, project_id)
    select j.*, p.team_id, p.account_id from joined j join projects p on p.id = j.project_id`.execute(tx)
  for (const row of rows)
    emit({
      type: 'collaborator.created',
      version: 1,
      accountId: row.account_id,
      teamId: row.team_id,
      projectId: row.project_id,
      subjectId: row.id,
      data: { user_id: id, email },
    })
  return rows.length
}

/** Whoever named an e-mail as reviewer is told nothing new: it is the same reviewer, known by now. */
async function takeUpReviews(tx: Tx, { id, email }: { id: string; email: string }): Promise<void> {
  await sql`with waiting as (delete from pending_reviewers where email = ${email} returning review_link_id)
    insert into reviewers (review_link_id, user_id) select review_link_id, ${id} from waiting
    on conflict (review_link_id, user_id) do nothing`.execute(tx)
}
