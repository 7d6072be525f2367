import { createHash } from 'node:crypto'
import { invalidSession } from './legacy-error.ts'
import type { V2 } from './v2/client.ts'
import { type Parameters, readText } from './wire/parameters.ts'

/** What a request says of who sends it (R3). */
export interface Credentials {
  token: string | null
  /** Whom the token must belong to; null: a header speaks for itself. */
  mid: string | null
}

export function credentials(params: Parameters, authorization: string | undefined): Credentials {
  const header = /^(?:Bearer\s+)?(\S+)$/i.exec(authorization ?? '')?.[1]
  if (header) return { token: header, mid: null }
  return { token: readText(params, 't') ?? null, mid: readText(params, 'mid') ?? null }
}

/** Who a token belongs to never changes, so it is asked once; whether it is still good, V2 says with each request. */
export type Owners = Map<string, string>

const MOST_OWNERS = 10_000

/** The person who sends a request. Throws for nobody, and for a token that isn't `mid`'s. */
export async function whose({ token, mid }: Credentials, v2: V2, owners: Owners): Promise<string> {
  if (token === null || !/^[\x21-\x7e]{1,512}$/.test(token)) throw invalidSession()
  const key = createHash('sha256').update(token).digest('base64')
  const owner = owners.get(key) ?? (await v2.get<{ id: string }>('/v2/me')).id
  owners.delete(key)
  owners.set(key, owner)
  const [oldest] = owners.keys()
  if (owners.size > MOST_OWNERS && oldest !== undefined) owners.delete(oldest)
  if (mid !== null && mid.toLowerCase() !== owner) throw invalidSession()
  return owner
}
