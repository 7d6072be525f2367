import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { invalid } from '../../errors.ts'
import type { Granted } from '../../policy.ts'
import { noteFailure, refuseTooMany } from '../attempts.ts'
import { hashPassword, newPassword, verifyPassword } from '../passwords.ts'
import type { Person } from '../policies/person.ts'
import { setPassword } from './set-password.ts'

export const ChangePassword = z.object({ current: z.string().max(1024), password: newPassword() })

const LIMIT = { most: 10, minutes: 3 }

/**
 * Changes the password of who is signed in; this session goes on, all others end. Throws `invalid` for a wrong current
 * password and `rate_limited` after ten of them: a browser left open must not be a place to guess.
 */
export async function changePassword(
  ctx: Ctx,
  person: Granted<Person, 'person.session'>,
  input: z.infer<typeof ChangePassword>,
): Promise<{ user_id: string }> {
  const keys = [`password:${person.userId}`]
  await refuseTooMany(ctx, keys, LIMIT)
  const user = await ctx.db
    .selectFrom('users')
    .select(['id', 'account_id', 'password_hash'])
    .where('id', '=', person.userId)
    .executeTakeFirstOrThrow()
  if (!(await verifyPassword(input.current, user.password_hash))) {
    await noteFailure(ctx, keys)
    throw invalid('current', 'This is not your password')
  }
  const password_hash = await hashPassword(input.password)
  const keptSession = sessionOf(ctx)
  await change(ctx, (tx, emit) => setPassword(tx, emit, user, { password_hash, how: 'change', keptSession }))
  return { user_id: user.id }
}

function sessionOf({ actor }: Ctx): string | null {
  return actor.kind === 'user' && actor.via.startsWith('session/') ? actor.via.slice('session/'.length) : null
}
