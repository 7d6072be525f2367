import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { CoreError, invalid } from '../../errors.ts'
import { name } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import { linkGone, spendMailToken } from '../mail-tokens.ts'
import { hashPassword, newPassword } from '../passwords.ts'
import { type NewSession, openSession } from './open-session.ts'
import { type Invitation, readInvitation } from './read-invitation.ts'
import { takeUpPlaces } from './take-up-places.ts'

/** `name` and `password` are for somebody new. */
export const AcceptInvitation = z.object({
  token: z.string().max(200),
  name: name().optional(),
  password: newPassword().optional(),
  user_agent: z.string().max(500).optional(),
})

/** `session` is null for somebody who was signed in already. */
export interface Accepted {
  user_id: string
  session: NewSession | null
}

/**
 * Takes up an invitation: the mailed token proves the e-mail, so everything that waits for it becomes real at once, and
 * somebody new gets an account and a session. Single use. Throws `invalid` as `readInvitation`, and `forbidden`, without
 * using the token up, when the e-mail belongs to somebody else than who is signed in.
 */
export async function acceptInvitation(
  ctx: Ctx,
  anyone: Granted<object, 'everyone'>,
  input: z.infer<typeof AcceptInvitation>,
): Promise<Accepted> {
  const invitation = await readInvitation(ctx, anyone, input)
  if (ctx.actor.kind === 'user' || invitation.registered) return acceptAsKnown(ctx, invitation, input.token)
  const { name, password } = input
  if (!name) throw invalid('name', 'Say what people shall call you')
  if (!password) throw invalid('password', 'Choose a password')
  return acceptAsNew(ctx, invitation, { ...input, name, password })
}

async function acceptAsKnown(ctx: Ctx, { email }: Invitation, token: string): Promise<Accepted> {
  const { actor } = ctx
  const person = await ctx.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!person || actor.kind !== 'user' || actor.userId !== person.id || actor.scopes)
    throw new CoreError('forbidden', { detail: `This invitation is for ${email}. Sign in as them.` })
  await change(ctx, async (tx, emit) => {
    await spend(tx, email, token)
    await sql`update users set email_confirmed_at = coalesce(email_confirmed_at, now()) where id = ${person.id}`.execute(
      tx,
    )
    await takeUpPlaces(tx, emit, person)
  })
  return { user_id: person.id, session: null }
}

async function acceptAsNew(
  ctx: Ctx,
  { email, places }: Invitation,
  input: { token: string; name: string; password: string; user_agent?: string | undefined },
): Promise<Accepted> {
  const password_hash = await hashPassword(input.password)
  // Known beforehand, so that what happens is told as done by the person who comes in.
  const user = { id: crypto.randomUUID(), email, account_id: places[0].account_id }
  const actor = { kind: 'user' as const, userId: user.id, scopes: null, via: 'invitation' }
  await change({ ...ctx, actor }, async (tx, emit) => {
    await spend(tx, email, input.token)
    await tx
      .insertInto('users')
      .values({
        ...user,
        name: input.name,
        password_hash,
        joined_via: 'invitation',
        email_confirmed_at: sql`now()`,
      })
      .execute()
    announce(emit, user)
    if ((await takeUpPlaces(tx, emit, user)) === 0) throw linkGone()
  })
  return { user_id: user.id, session: await openSession(ctx, user, input.user_agent) }
}

/** Uses up this token and every other invitation of the e-mail: one acceptance takes up all of them. */
async function spend(tx: Tx, email: string, token: string): Promise<void> {
  await spendMailToken(tx, 'invite', token)
  await sql`update mail_tokens set used_at = now() where email = ${email} and purpose = 'invite' and used_at is null`.execute(
    tx,
  )
}

function announce(emit: Emit, user: { id: string; email: string; account_id: string }): void {
  emit({
    type: 'user.created',
    version: 1,
    accountId: user.account_id,
    teamId: null,
    projectId: null,
    subjectId: user.id,
    data: { email: user.email },
  })
}
