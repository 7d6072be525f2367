import { hashToken, newToken, PasswordHasher } from '@rushes/auth'
import pg from 'pg'
import type { LegacyEstate } from './estate.ts'

const PASSWORD = 'legacy-demo-2018'
const MARK = 'npm run migrate:demo'
const SCOPES = ['account.read', 'asset.read', 'comment.read', 'project.read', 'team.read']

/** Somebody who came over with the estate and can sign in. */
export interface DemoPerson {
  name: string
  email: string
  password: string
  /** A V2 developer token, good for reading. */
  token: string
}

/**
 * Lets a manager whose record came over whole sign in, and says of which team: legacy passwords stay behind, so a migrated person has none until they
 * reset it. Tokens of earlier runs are replaced; a password that was set since is kept.
 */
export async function admitManager(
  database: string,
  { world, damage }: LegacyEstate,
): Promise<{ team: string; person: DemoPerson }> {
  const isWhole = (id: string | undefined) => !damage.some((hit) => hit.id === id)
  const team = world.teams.find(({ managerIds: [manager] }) => isWhole(manager)) ?? world.teams[0]
  const id = team?.managerIds[0]
  const token = newToken('developer')
  const hash = await new PasswordHasher().hash(PASSWORD)
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query(
      'update users set password_hash = coalesce(password_hash, $2) where id = $1 returning name, email::text',
      [id, hash],
    )
    await client.query('delete from api_tokens where user_id = $1 and description = $2', [id, MARK])
    await client.query(
      `insert into api_tokens (token_hash, kind, user_id, description, scopes) values ($1, 'developer', $2, $3, $4)`,
      [hashToken(token), id, MARK, SCOPES],
    )
    await client.query('commit')
    return { team: team?.id ?? '', person: { ...rows[0], password: PASSWORD, token } }
  } finally {
    await client.end()
  }
}
