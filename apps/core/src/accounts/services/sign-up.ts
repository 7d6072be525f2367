import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { email, name } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import { hashPassword, newPassword } from '../passwords.ts'

export const SignUp = z.object({
  email: email(),
  name: name(),
  password: newPassword(),
  account_name: name().optional(),
})

/** What signing up made. */
export interface NewAccount {
  user_id: string
  account_id: string
  team_id: string
}

/**
 * A new person with an account and a first team of their own. Throws `forbidden` where sign-up is off, `conflict` when the
 * e-mail is taken. Invitations waiting for the e-mail are taken up when it is confirmed, not here: it isn't proven yet.
 */
export async function signUp(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  input: z.infer<typeof SignUp>,
): Promise<NewAccount> {
  if (!ctx.core.signUp && ctx.actor.kind !== 'system')
    throw new CoreError('forbidden', { detail: 'Sign-up is off here' })
  const password_hash = await hashPassword(input.password)
  return change(ctx, async (tx, emit) => {
    const user = await tx
      .insertInto('users')
      .values({
        email: input.email,
        name: input.name,
        password_hash,
        // Our own jobs vouch for the people they make; anybody else has yet to answer a mail.
        email_confirmed_at: ctx.actor.kind === 'system' ? sql`now()` : null,
      })
      .returning(['id'])
      .executeTakeFirstOrThrow()
    const display_name = input.account_name ?? `${input.name}'s account`
    const account = await tx
      .insertInto('accounts')
      .values({ owner_id: user.id, display_name })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx.updateTable('users').set({ account_id: account.id }).where('id', '=', user.id).execute()
    const team = await tx
      .insertInto('teams')
      .values({ account_id: account.id, creator_id: user.id, name: display_name })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('team_members')
      .values({ team_id: team.id, user_id: user.id, role: 'team_manager' })
      .execute()
    const where = { version: 1 as const, accountId: account.id, projectId: null }
    emit({ type: 'user.created', ...where, teamId: null, subjectId: user.id, data: { email: input.email } })
    emit({ type: 'account.created', ...where, teamId: null, subjectId: account.id, data: { display_name } })
    emit({
      type: 'team.created',
      ...where,
      teamId: team.id,
      subjectId: team.id,
      data: { name: display_name },
    })
    return { user_id: user.id, account_id: account.id, team_id: team.id }
  })
}
