import { checkToken, hashToken } from '@rushes/auth'
import { sql } from 'kysely'
import type { Actor } from '../../actor.ts'
import type { Core } from '../../context.ts'

/**
 * Who a token belongs to, or null for one that is malformed, unknown, revoked, expired or whose person is gone. A
 * session's idle time moves on at most once a minute, so that reading stays reading.
 */
export async function authenticate(core: Core, token: string): Promise<Actor | null> {
  switch (checkToken(token)) {
    case 'developer':
      return byApiToken(core, token)
    case 'session':
      return bySession(core, token)
    case 'guest':
      return byGuestToken(core, token)
    // A mailed token is taken by the page it was mailed for and signs nobody in by itself.
    case 'mail':
    case null:
      return null
  }
}

async function byApiToken(core: Core, token: string): Promise<Actor | null> {
  const { rows } = await sql<{ id: string; user_id: string; scopes: string[] }>`
    select t.id, t.user_id, t.scopes from api_tokens t join users u on u.id = t.user_id
     where t.token_hash = ${hashToken(token)} and t.revoked_at is null and u.deleted_at is null
       and (t.expires_at is null or t.expires_at > now())`.execute(core.db)
  const row = rows[0]
  return row ? { kind: 'user', userId: row.user_id, scopes: row.scopes, via: `user_token/${row.id}` } : null
}

async function bySession(core: Core, token: string): Promise<Actor | null> {
  const { rows } = await sql<{ id: string; user_id: string }>`
    select s.id, s.user_id from sessions s join users u on u.id = s.user_id
     where s.token_hash = ${hashToken(token)} and s.revoked_at is null and u.deleted_at is null
       and s.idle_until > now() and s.expires_at > now()`.execute(core.db)
  const row = rows[0]
  return row ? { kind: 'user', userId: row.user_id, scopes: null, via: `session/${row.id}` } : null
}

async function byGuestToken(core: Core, token: string): Promise<Actor | null> {
  const { rows } = await sql<{ id: string; review_link_id: string }>`
    select id, review_link_id from anonymous_users
     where token_hash = ${hashToken(token)} and deleted_at is null and (expires_at is null or expires_at > now())`.execute(
    core.db,
  )
  const row = rows[0]
  return row ? { kind: 'guest', anonymousUserId: row.id, reviewLinkId: row.review_link_id } : null
}
