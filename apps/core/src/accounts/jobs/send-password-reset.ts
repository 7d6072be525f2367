import { sql } from 'kysely'
import { change } from '../../context.ts'
import type { JobHandler } from '../../jobs.ts'
import { issueMailToken, noteSent } from '../mail-tokens.ts'

const LIVES = '1 hour'

/** Mails a link with which the password is chosen anew, to the address that is stored; to nobody when there is none. */
export const sendPasswordReset: JobHandler<'password-reset.send'> = async (ctx, { email }) => {
  const user = await ctx.db
    .selectFrom('users')
    .select(['id', 'email', 'name'])
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!user) return
  const { id, token } = await change(ctx, async (tx) => {
    await sql`update mail_tokens set used_at = now() where user_id = ${user.id} and purpose = 'reset' and used_at is null`.execute(
      tx,
    )
    return issueMailToken(tx, {
      purpose: 'reset',
      email: user.email,
      user_id: user.id,
      inviter_id: null,
      place_id: null,
      lives: LIVES,
    })
  })
  const { email: to, name } = user
  await ctx.core.mail.passwordReset({ id, email: to, name, url: `${ctx.core.urls.web}/reset#${token}` })
  await noteSent(ctx, id)
}
