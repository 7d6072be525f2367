import { hashToken } from '@rushes/auth'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { Granted } from '../../policy.ts'
import { addressKeys, noteFailure, refuseTooMany } from '../attempts.ts'
import { verifyPassword } from '../passwords.ts'
import { type NewSession, openSession } from './open-session.ts'

export const SignIn = z.object({
  email: z.string().max(254),
  password: z.string().max(1024),
  user_agent: z.string().max(500).optional(),
})

const LIMIT = { most: 10, minutes: 3 }

/**
 * Signs a person in. Unknown person and wrong password are one answer and take as long. More than ten failures in three
 * minutes for an e-mail or an address answer `rate_limited`; success clears the person's count.
 */
export async function signIn(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  input: z.infer<typeof SignIn>,
): Promise<NewSession> {
  const keys = [`email:${input.email.toLowerCase()}`, ...addressKeys(ctx, 'ip')]
  await refuseTooMany(ctx, keys, LIMIT)
  const user = await ctx.db
    .selectFrom('users')
    .select(['id', 'account_id', 'email', 'password_hash'])
    .where('email', '=', input.email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!(await verifyPassword(input.password, user?.password_hash ?? null)) || !user) {
    await noteFailure(ctx, keys)
    throw new CoreError('unauthenticated', { detail: 'E-mail or password is wrong' })
  }
  return openSession(ctx, user, input.user_agent)
}

/** Ends the session with this token; unknown ones are already ended. */
export async function signOut(ctx: Ctx, token: string): Promise<void> {
  await change(ctx, async (tx) => {
    await sql`update sessions set revoked_at = now() where token_hash = ${hashToken(token)} and revoked_at is null`.execute(
      tx,
    )
  })
}
