import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'

/** A person whose doings may be read. */
export interface ObservedUser {
  id: string
  self: boolean
  /** Accounts that the actor administers and the person has something to do with. */
  administered: string[]
}

async function find({ db, actor }: Ctx, id: string): Promise<ObservedUser | null> {
  if (actor.kind !== 'user') return null
  const { rows } = await sql<ObservedUser>`select u.id, u.id = ${actor.userId} as self, array(
      select a.id from accounts a left join account_members m
          on m.account_id = a.id and m.user_id = ${actor.userId} and m.role = 'admin' and m.declined_at is null
       where a.deleted_at is null and (a.owner_id = ${actor.userId} or m.user_id is not null) and (a.id = u.account_id
          or exists (select from account_members o where o.account_id = a.id and o.user_id = u.id)
          or exists (select from team_members o join teams t on t.id = o.team_id where t.account_id = a.id and o.user_id = u.id)
          or exists (select from collaborators o join projects p on p.id = o.project_id where p.account_id = a.id and o.user_id = u.id))
    )::text[] as administered from users u where u.id = ${id} and u.deleted_at is null`.execute(db)
  const user = rows[0]
  return user && (user.self || user.administered.length > 0) ? user : null
}

/** One's own doings, and for an account's admins those of the people in it. */
export const readUserEvents = {
  name: 'auditlog.read_user',
  scope: 'auditlog.read',
  find,
  allows: () => true,
} satisfies Policy<ObservedUser, 'auditlog.read_user'>

export type GrantedUser<Name extends string> = Granted<ObservedUser, Name>
