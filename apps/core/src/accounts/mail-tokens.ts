import { checkToken, hashToken, newToken } from '@rushes/auth'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx, change, type Tx } from '../context.ts'
import { type CoreError, invalid } from '../errors.ts'

/** A single-use token that travels by mail, as it is kept: without the token. */
export interface MailToken {
  id: string
  email: string
  /** Whose password a reset changes; null for an invitation. */
  user_id: string | null
  inviter_id: string | null
}

export interface NewMailToken {
  purpose: 'invite' | 'reset'
  email: string
  user_id: string | null
  inviter_id: string | null
  /** The project or team that an invitation names. */
  place_id: string | null
  /** How long it opens something, as a Postgres interval. */
  lives: string
}

/** Unknown, used, expired, withdrawn and replaced look the same. */
export function linkGone(): CoreError {
  return invalid('token', 'This link is not valid any more. Ask for a new one.')
}

/** Makes a token and keeps its hash; the token itself goes into a mail and nowhere else. */
export async function issueMailToken(tx: Tx, about: NewMailToken): Promise<{ id: string; token: string }> {
  const { lives, ...values } = about
  const token = newToken('mail')
  const { id } = await tx
    .insertInto('mail_tokens')
    .values({ ...values, token_hash: hashToken(token), expires_at: sql`now() + ${lives}::interval` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token }
}

/** Notes that the mail server took the mail: limits count only what was sent. */
export async function noteSent(ctx: Ctx, id: string): Promise<void> {
  await change(ctx, async (tx) => {
    await sql`update mail_tokens set sent_at = now() where id = ${id}`.execute(tx)
  })
}

/** The token's record while it opens something. Throws as `linkGone`. */
export async function findMailToken(
  ctx: Ctx,
  purpose: NewMailToken['purpose'],
  token: string,
): Promise<MailToken> {
  if (checkToken(token) !== 'mail') throw linkGone()
  const { rows } = await sql<MailToken>`select id, email, user_id, inviter_id from mail_tokens
    where ${open(purpose, token)}`.execute(ctx.db)
  if (!rows[0]) throw linkGone()
  return rows[0]
}

/** Uses the token up, once however many try at the same time. Throws as `linkGone`. */
export async function spendMailToken(
  tx: Tx,
  purpose: NewMailToken['purpose'],
  token: string,
): Promise<MailToken> {
  const { rows } = await sql<MailToken>`update mail_tokens set used_at = now()
    where ${open(purpose, token)} returning id, email, user_id, inviter_id`.execute(tx)
  if (!rows[0]) throw linkGone()
  return rows[0]
}

function open(purpose: NewMailToken['purpose'], token: string): RawBuilder<boolean> {
  return sql`token_hash = ${hashToken(token)} and purpose = ${purpose} and used_at is null and expires_at > now()`
}
