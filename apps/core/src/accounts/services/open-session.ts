import { hashToken, newToken } from '@rushes/auth'
import { sql } from 'kysely'
import { type Ctx, change } from '../../context.ts'

/** A new browser session; `token` goes into the cookie and nowhere else. */
export interface NewSession {
  token: string
  user_id: string
}

const IDLE = '14 days'
const ABSOLUTE = '90 days'

/** Signs in somebody who has just proven to be `user`, and forgets their failed attempts. */
export async function openSession(
  ctx: Ctx,
  user: { id: string; account_id: string | null; email: string },
  user_agent: string | undefined,
): Promise<NewSession> {
  const token = newToken('session')
  // A retried sign-in is another session: its new token would open nothing if the first answer were given again.
  const own = { ...ctx, idempotency: null }
  await change(
    { ...own, actor: { kind: 'user', userId: user.id, scopes: null, via: 'sign-in' } },
    async (tx, emit) => {
      const session = await sql<{
        id: string
      }>`insert into sessions (token_hash, user_id, user_agent, ip, idle_until, expires_at)
      values (${hashToken(token)}, ${user.id}, ${user_agent ?? null}, ${ctx.ip}, now() + ${IDLE}::interval, now() + ${ABSOLUTE}::interval)
      returning id`.execute(tx)
      await sql`update users set last_seen = now(), first_login_at = coalesce(first_login_at, now()) where id = ${user.id}`.execute(
        tx,
      )
      await tx.deleteFrom('sign_in_attempts').where('key', '=', `email:${user.email.toLowerCase()}`).execute()
      emit({
        type: 'user.signed_in',
        version: 1,
        accountId: user.account_id,
        teamId: null,
        projectId: null,
        subjectId: user.id,
        data: { session_id: session.rows[0]?.id ?? '' },
      })
    },
  )
  return { token, user_id: user.id }
}
