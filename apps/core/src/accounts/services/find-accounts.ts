import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { text } from '../../input.ts'
import type { GrantedStaff } from '../policies/staff.ts'
import { recordLook } from './record-look.ts'

export const FindAccounts = z.object({ email: text(254, 3) })

/** An account and how the person with the e-mail stands to it. */
export interface FoundAccount {
  id: string
  display_name: string
  owner_email: string
  person_name: string | null
  person_email: string
  standing: 'owner' | 'account member' | 'team member' | 'collaborator' | 'invited'
  project_count: number
  deleted_at: string | null
}

const MOST = 50

/** Accounts by the e-mail of anybody in them: owner, member, collaborator, or one who was invited and isn't known yet. */
export async function findAccounts(
  ctx: Ctx,
  _staff: GrantedStaff,
  input: z.infer<typeof FindAccounts>,
): Promise<FoundAccount[]> {
  const email = input.email.trim()
  await recordLook(ctx, { page: 'search', accountId: null, query: email })
  const { rows } = await sql<FoundAccount>`
    with person as (select id, name, email from users where email = ${email}::citext),
    found as (
      select a.id, person.name, 1 as rank, 'owner' as standing from accounts a join person on person.id = a.owner_id
      union all
      select m.account_id, person.name, 2, 'account member' from account_members m join person on person.id = m.user_id
      union all
      select t.account_id, person.name, 3, 'team member' from team_members m join person on person.id = m.user_id join teams t on t.id = m.team_id
      union all
      select p.account_id, person.name, 4, 'collaborator' from collaborators c join person on person.id = c.user_id join projects p on p.id = c.project_id
      union all
      select t.account_id, null, 5, 'invited' from pending_team_members m join teams t on t.id = m.team_id where m.email = ${email}::citext
      union all
      select p.account_id, null, 5, 'invited' from pending_collaborators c join projects p on p.id = c.project_id where c.email = ${email}::citext
    ), strongest as (select distinct on (id) id, name, rank, standing from found order by id, rank)
    select a.id, a.display_name, a.deleted_at, owner.email::text as owner_email, s.name as person_name, ${email} as person_email, s.standing,
           (select count(*) from projects p where p.account_id = a.id and p.deleted_at is null) as project_count
      from strongest s join accounts a on a.id = s.id join users owner on owner.id = a.owner_id
     order by s.rank, a.display_name, a.id limit ${MOST}`.execute(ctx.db)
  return rows
}
