import { Accounts, authorizeActor, type Core, CoreError, type Ctx, contextFor } from '@rushes/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Visitor } from './html/layout.ts'

/** Cookies of their own: those of the web client, on the same host at another port, are other people's affair. */
export const STAFF_COOKIE = 'rushes_staff'
export const REASON_COOKIE = 'rushes_reason'

/** A request by signed-in staff. `reason` null: they haven't said why they look. */
export interface Visit {
  ctx: Ctx
  person: Parameters<typeof Accounts.getStaffMember>[1]
  visitor: Visitor
}

export function anonymousContext(core: Core, request: FastifyRequest): Ctx {
  const { traceparent } = request.headers
  return contextFor(
    core,
    { kind: 'anonymous' },
    {
      requestId: request.id,
      source: 'support',
      ip: request.ip,
      traceparent: typeof traceparent === 'string' ? traceparent : null,
    },
  )
}

/** Who sends a request. Throws `unauthenticated` for nobody, `not_found` for who isn't staff. */
export async function visit(core: Core, request: FastifyRequest): Promise<Visit> {
  const { [STAFF_COOKIE]: token, [REASON_COOKIE]: reason } = request.cookies
  const actor = token ? await Accounts.authenticate(core, token) : null
  if (!actor) throw new CoreError('unauthenticated')
  const ctx = { ...anonymousContext(core, request), actor }
  const person = authorizeActor(ctx, Accounts.withSession)
  const staff = await Accounts.getStaffMember(ctx, person)
  return { ctx, person, visitor: { staff, reason: reason?.trim() || null } }
}

/** A cookie that neither scripts nor other sites' pages can use, gone with the browser or after `maxAge` seconds. */
export function keepCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  maxAge?: number,
): void {
  reply.setCookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: request.protocol === 'https',
    ...(maxAge !== undefined && { maxAge }),
  })
}

/**
 * Refuses a form that another page sent. Browsers say where a form comes from; SameSite alone doesn't tell ports of one host
 * apart.
 */
export function refuseForeignForm({ headers, host }: FastifyRequest): void {
  const site = headers['sec-fetch-site']
  const own = site === undefined ? sameHost(headers.origin, host) : site === 'same-origin' || site === 'none'
  if (!own) throw new CoreError('forbidden', { detail: 'The form came from another page' })
}

function sameHost(origin: string | undefined, host: string): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}
