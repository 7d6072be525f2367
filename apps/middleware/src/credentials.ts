import { Accounts, type Actor, type Core, CoreError } from '@rushes/core'
import type { FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'rushes_session'
export const GUEST_COOKIE = 'rushes_guest'

const ANONYMOUS: Actor = { kind: 'anonymous' }

/**
 * Who sends a request: a bearer token, else the session cookie, else the guest cookie (first, where the page says by
 * `x-rushes-review` that it stands in a review link). A bearer token that opens nothing is refused; a cookie is only old.
 */
export async function actorOf(core: Core, request: FastifyRequest): Promise<Actor> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) {
    const actor = await Accounts.authenticate(core, bearer)
    if (!actor) throw new CoreError('unauthenticated')
    return actor
  }
  const { [SESSION_COOKIE]: session, [GUEST_COOKIE]: guest } = request.cookies
  const order = request.headers['x-rushes-review'] ? [guest, session] : [session, guest]
  for (const token of order) {
    const actor = token ? await Accounts.authenticate(core, token) : null
    if (!actor) continue
    refuseForgery(request)
    return actor
  }
  return ANONYMOUS
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A cookie alone must not change anything: another site's page sends it too, but can't set this header. */
function refuseForgery(request: FastifyRequest): void {
  if (SAFE.has(request.method) || request.headers['x-rushes-client']) return
  throw new CoreError('forbidden', { detail: 'A request by cookie needs the header x-rushes-client' })
}
