import { Accounts, authorizeActor, type Core, CoreError } from '@rushes/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendPage } from './fail.ts'
import { reasonPage, signInPage } from './pages/sign-in.ts'
import {
  anonymousContext,
  keepCookie,
  REASON_COOKIE,
  refuseForeignForm,
  STAFF_COOKIE,
  visit,
} from './visit.ts'

/** How long a reason holds before it is asked for again. */
const REASON_SECONDS = 3600

/** Signing in and out, and saying why. */
export function addSession(server: FastifyInstance, core: Core): void {
  server.get('/sign-in', async (_request, reply) => sendPage(reply, signInPage(null)))

  server.post('/sign-in', async (request, reply) => {
    refuseForeignForm(request)
    const email = field(request, 'email')
    try {
      keepCookie(request, reply, STAFF_COOKIE, await signIn(core, request, email, field(request, 'password')))
      return reply.redirect('/', 303)
    } catch (error) {
      if (!(error instanceof CoreError)) throw error
      const status = { unauthenticated: 401, not_found: 403, rate_limited: 429 }[error.code as string]
      if (status === undefined) throw error
      const problem =
        status === 403
          ? 'This person is not staff'
          : status === 429
            ? 'Too many tries: wait three minutes'
            : error.message
      return sendPage(reply, signInPage(problem, email), status)
    }
  })

  server.post('/sign-out', async (request, reply) => {
    refuseForeignForm(request)
    const token = request.cookies[STAFF_COOKIE]
    if (token) await Accounts.signOut(anonymousContext(core, request), token)
    reply.clearCookie(STAFF_COOKIE, { path: '/' }).clearCookie(REASON_COOKIE, { path: '/' })
    return reply.redirect('/sign-in', 303)
  })

  server.get('/reason', async (request, reply) => {
    const { visitor } = await visit(core, request)
    return sendPage(reply, reasonPage(visitor, null, '/'))
  })

  server.post('/reason', async (request, reply) => {
    refuseForeignForm(request)
    const { visitor } = await visit(core, request)
    const next = ownPath(field(request, 'next'))
    const given = Accounts.StaffReason.safeParse(field(request, 'reason'))
    if (!given.success) return sendPage(reply, reasonPage(visitor, 'Say a little more.', next), 422)
    keepCookie(request, reply, REASON_COOKIE, given.data.trim(), REASON_SECONDS)
    return reply.redirect(next, 303)
  })
}

/** A session's token. One who isn't staff is signed out again at once, and gets none. */
async function signIn(core: Core, request: FastifyRequest, email: string, password: string): Promise<string> {
  const ctx = anonymousContext(core, request)
  const user_agent = request.headers['user-agent']?.slice(0, 500)
  const input = Accounts.SignIn.safeParse({ email, password, user_agent })
  if (!input.success) throw new CoreError('unauthenticated', { detail: 'E-mail or password is wrong' })
  const { token, user_id } = await Accounts.signIn(ctx, authorizeActor(ctx, Accounts.everyone), input.data)
  const signedIn = { ...ctx, actor: { kind: 'user' as const, userId: user_id, scopes: null, via: 'sign-in' } }
  try {
    await Accounts.getStaffMember(signedIn, authorizeActor(signedIn, Accounts.withSession))
    return token
  } catch (error) {
    await Accounts.signOut(signedIn, token)
    throw error
  }
}

function field(request: FastifyRequest, name: string): string {
  const value = (request.body as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

/** A path of this server, or its start: never another host, however it is spelt. */
function ownPath(next: string): string {
  return /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(next) && !next.includes('\\') ? next : '/'
}
