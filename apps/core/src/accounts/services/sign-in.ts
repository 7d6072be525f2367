import { hashToken, newToken, TooBusyError } from '@rushes/auth'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, transact } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { Granted } from '../../policy.ts'
import { passwords } from '../passwords.ts'

export const SignIn = z.object({
  email: z.string().max(254),
  password: z.string().max(1024),
  user_agent: z.string().max(500).optional(),
})

/** A new browser session; `token` goes into the cookie and nowhere else. */
export interface NewSession {
  token: string
  user_id: string
}

const TRIES = 10
const WINDOW = '3 minutes'
const IDLE = '14 days'
const ABSOLUTE = '90 days'

/**
 * Signs a person in. Unknown person and wrong password are one answer and take as long. More than ten failures in three
 * minutes for an e-mail or an address answer `rate_limited`; success clears the person's count.
 */
export async function signIn(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  input: z.infer<typeof SignIn>,
): Promise<NewSession> {
  const keys = [`email:${input.email.toLowerCase()}`, ...(ctx.ip ? [`ip:${ctx.ip}`] : [])]
  await refuseTooMany(ctx, keys)
  const user = await ctx.db
    .selectFrom('users')
    .select(['id', 'account_id', 'password_hash'])
    .where('email', '=', input.email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!(await verify(input.password, user?.password_hash ?? null)) || !user) {
    await noteFailure(ctx, keys)
    throw new CoreError('unauthenticated', { detail: 'E-mail or password is wrong' })
  }
  return openSession(ctx, user, input)
}

async function verify(password: string, stored: string | null): Promise<boolean> {
  try {
    return await passwords.verify(password, stored)
  } catch (error) {
    if (error instanceof TooBusyError) throw new CoreError('unavailable', { retryAfterSeconds: 2 })
    throw error
  }
}

async function openSession(
  ctx: Ctx,
  user: { id: string; account_id: string | null },
  input: z.infer<typeof SignIn>,
): Promise<NewSession> {
  const token = newToken('session')
  await change(
    { ...ctx, actor: { kind: 'user', userId: user.id, scopes: null, via: 'sign-in' } },
    async (tx, emit) => {
      const session = await sql<{
        id: string
      }>`insert into sessions (token_hash, user_id, user_agent, ip, idle_until, expires_at)
      values (${hashToken(token)}, ${user.id}, ${input.user_agent ?? null}, ${ctx.ip}, now() + ${IDLE}::interval, now() + ${ABSOLUTE}::interval)
      returning id`.execute(tx)
      await sql`update users set last_seen = now(), first_login_at = coalesce(first_login_at, now()) where id = ${user.id}`.execute(
        tx,
      )
      await tx
        .deleteFrom('sign_in_attempts')
        .where('key', '=', `email:${input.email.toLowerCase()}`)
        .execute()
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

async function refuseTooMany(ctx: Ctx, keys: string[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from sign_in_attempts
    where key = any(${keys}) and at > now() - ${WINDOW}::interval group by key order by n desc limit 1`.execute(
    ctx.db,
  )
  if ((rows[0]?.n ?? 0) >= TRIES) throw new CoreError('rate_limited', { retryAfterSeconds: 180 })
}

/** Failures are kept in Postgres: a limit that lives in a cache ends with it. */
async function noteFailure(ctx: Ctx, keys: string[]): Promise<void> {
  await transact(ctx.core.writer, (tx) =>
    sql`insert into sign_in_attempts (key) select unnest(${keys}::text[])`.execute(tx),
  )
}

/** Ends the session with this token; unknown ones are already ended. */
export async function signOut(ctx: Ctx, token: string): Promise<void> {
  await change(ctx, async (tx) => {
    await sql`update sessions set revoked_at = now() where token_hash = ${hashToken(token)} and revoked_at is null`.execute(
      tx,
    )
  })
}
