import { GUEST_COOKIE, SESSION_COOKIE } from '@rushes/middleware'
import type { Live, Visitor } from './live.ts'
import { ConnectRefused, type Handshake } from './protocol/index.ts'

const cookieNames = [SESSION_COOKIE, GUEST_COOKIE]
const secretName = /token|auth|secret|password|session|key/i

/** A token and whom it speaks for. */
export interface Credential {
  readonly token: string
  readonly visitor: Visitor
}

/** Who is connected. Without credentials each join must bring a token. */
export interface Client {
  readonly credentials: readonly Credential[]
  /** Milliseconds on `performance.now()`'s clock. */
  readonly connectedAt: number
}

/**
 * Decides who connects. A cookie counts only when the browser vouches for a page of this origin, since browsers send it
 * along whoever asks; a token may come as a subprotocol or header, never in the URL, which everyone on the way logs.
 * @throws ConnectRefused 403
 */
export async function connectClient(live: Live, said: Handshake): Promise<Client> {
  for (const name of said.params.keys()) if (secretName.test(name)) throw new ConnectRefused()
  const cookies = cookieTokens(said.headers.cookie)
  if (cookies.length > 0 && !said.sameOrigin) throw new ConnectRefused()
  const token = said.token ?? bearer(said.headers.authorization)
  const credentials = await known(live, token === undefined ? cookies : [token])
  // A stale cookie is no offence, but a client that brings a token means it.
  if (token !== undefined && credentials.length === 0) throw new ConnectRefused()
  return { credentials, connectedAt: performance.now() }
}

async function known(live: Live, tokens: readonly string[]): Promise<Credential[]> {
  const visitors = await Promise.all(tokens.map((token) => live.whoIs(token)))
  return tokens.flatMap((token, index) => {
    const visitor = visitors[index]
    return visitor ? [{ token, visitor }] : []
  })
}

function bearer(authorization: string | undefined): string | undefined {
  return authorization?.match(/^bearer (\S+)$/i)?.[1]
}

function cookieTokens(header: string | undefined): string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const [name = '', value = ''] = pair.trim().split('=', 2)
    return cookieNames.includes(name) && value !== '' ? [value] : []
  })
}
