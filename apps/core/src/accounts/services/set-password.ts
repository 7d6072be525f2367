import { sql } from 'kysely'
import type { Emit, Tx } from '../../context.ts'

interface Setting {
  password_hash: string
  how: 'change' | 'reset'
  /** The session that goes on: the one in which the password was changed. */
  keptSession: string | null
}

/**
 * Writes a password and ends what the old one may have opened: all other sessions and mailed reset links. Developer tokens
 * stay, since programs of the person depend on them; each can be revoked on its own.
 */
export async function setPassword(
  tx: Tx,
  emit: Emit,
  user: { id: string; account_id: string | null },
  { password_hash, how, keptSession }: Setting,
): Promise<void> {
  await sql`update users set password_hash = ${password_hash}, updated_at = now() where id = ${user.id}`.execute(
    tx,
  )
  const { rows } = await sql`update sessions set revoked_at = now()
    where user_id = ${user.id} and revoked_at is null and id is distinct from ${keptSession}::uuid returning id`.execute(
    tx,
  )
  await sql`update mail_tokens set used_at = now() where user_id = ${user.id} and purpose = 'reset' and used_at is null`.execute(
    tx,
  )
  emit({
    type: 'user.password_changed',
    version: 1,
    accountId: user.account_id,
    teamId: null,
    projectId: null,
    subjectId: user.id,
    data: { how, sessions_ended: rows.length },
  })
}
