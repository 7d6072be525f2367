import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { email } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import { addressKeys, noteAttempt, refuseTooMany } from '../attempts.ts'
import { findMailToken, linkGone, spendMailToken } from '../mail-tokens.ts'
import { hashPassword, newPassword } from '../passwords.ts'
import { type NewSession, openSession } from './open-session.ts'
import { setPassword } from './set-password.ts'

export const RequestPasswordReset = z.object({ email: email() })
export const ResetPassword = z.object({
  token: z.string().max(200),
  password: newPassword(),
  user_agent: z.string().max(500).optional(),
})

const FOR_AN_EMAIL = { most: 3, minutes: 15 }
const FOR_AN_ADDRESS = { most: 20, minutes: 15 }

/**
 * Asks for a mail with which the password can be chosen anew. Whether somebody has this e-mail is looked up by the job
 * alone, so answer, timing and limits are the same for everybody: three in a quarter of an hour for an e-mail, then
 * `rate_limited`.
 */
export async function requestPasswordReset(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  input: z.infer<typeof RequestPasswordReset>,
): Promise<null> {
  const address = input.email.toLowerCase()
  const keys = { email: [`reset:${address}`], ip: addressKeys(ctx, 'reset-ip') }
  await refuseTooMany(ctx, keys.email, FOR_AN_EMAIL)
  await refuseTooMany(ctx, keys.ip, FOR_AN_ADDRESS)
  await change(ctx, async (tx) => {
    await noteAttempt(tx, [...keys.email, ...keys.ip])
    await ctx.core.jobs.enqueue(tx, 'password-reset.send', { email: address }, { key: address })
  })
  return null
}

/**
 * Sets a new password with a mailed token, ends every session of the person and every other such token, and signs in here.
 * Throws `invalid` alike for an unknown, used, expired or replaced token.
 */
export async function resetPassword(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  input: z.infer<typeof ResetPassword>,
): Promise<NewSession> {
  const found = await findMailToken(ctx, 'reset', input.token)
  const password_hash = await hashPassword(input.password)
  const userId = found.user_id ?? ''
  const actor = { kind: 'user' as const, userId, scopes: null, via: 'password-reset' }
  const user = await change({ ...ctx, actor }, async (tx, emit) => {
    await spendMailToken(tx, 'reset', input.token)
    const { rows } = await sql<{ id: string; account_id: string | null; email: string }>`
      update users set email_confirmed_at = coalesce(email_confirmed_at, now())
       where id = ${userId} and email = ${found.email} and deleted_at is null returning id, account_id, email`.execute(
      tx,
    )
    if (!rows[0]) throw linkGone()
    await setPassword(tx, emit, rows[0], { password_hash, how: 'reset', keptSession: null })
    return rows[0]
  })
  return openSession(ctx, user, input.user_agent)
}
