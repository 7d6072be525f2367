import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted } from '../../policy.ts'
import type { Person } from '../policies/person.ts'

/** A person as others may see them: everything but the password. */
export type UserRow = Omit<Selectable<Tables['users']>, 'password_hash'>

export async function getMe(ctx: Ctx, person: Granted<Person, 'person'>): Promise<UserRow> {
  return ctx.db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', person.userId)
    .executeTakeFirstOrThrow()
    .then(({ password_hash: _, ...user }) => user)
}

/** People by id, for embedding; the missing are left out. */
export async function readUsers(ctx: Pick<Ctx, 'db'>, ids: (string | null)[]): Promise<Map<string, UserRow>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } =
    await sql<UserRow>`select id, account_id, email, name, bio, location, phone, context, profile_image,
      user_default_color, timezone_value, digest_frequency, joined_via, staff_role, first_login_at, last_seen,
      next_digest_date, email_confirmed_at, inserted_at, updated_at, deleted_at
    from users where id = any(${wanted}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}
