import { Accounts, CoreError } from '@rushes/core'
import { type Route, route, SESSION_COOKIE, type Wire } from '@rushes/middleware'
import { z } from 'zod'
import { meView } from '../views/user.ts'

const nothing = z.object({})
const NINETY_DAYS_SECONDS = 90 * 86_400

function keepSession({ request, reply }: Wire, token: string): void {
  const secure = request.protocol === 'https'
  reply.setCookie(SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: NINETY_DAYS_SECONDS,
    secure,
  })
}

/** Signing in needs the header that another site's form can't send, or a stranger could sign a visitor in as themselves. */
function refuseForms({ request }: Wire): void {
  if (!request.headers['x-rushes-client'])
    throw new CoreError('forbidden', { detail: 'The header x-rushes-client is missing' })
}

export const session: Route[] = [
  route('POST /session', {
    policy: Accounts.everyone,
    input: Accounts.SignIn,
    run: async (ctx, anyone, input, wire) => {
      refuseForms(wire)
      const made = await Accounts.signIn(ctx, anyone, {
        ...input,
        user_agent: wire.request.headers['user-agent']?.slice(0, 500),
      })
      keepSession(wire, made.token)
      return (await Accounts.readUsers(ctx, [made.user_id])).get(made.user_id) ?? null
    },
    view: (user) => ({ user: user && meView(user) }),
  }),
  route('GET /session', {
    policy: Accounts.everyone,
    input: nothing,
    run: async (ctx) => {
      if (ctx.actor.kind !== 'user') return null
      return (await Accounts.readUsers(ctx, [ctx.actor.userId])).get(ctx.actor.userId) ?? null
    },
    view: (user) => ({ user: user && meView(user) }),
  }),
  route('DELETE /session', {
    policy: Accounts.everyone,
    input: nothing,
    run: async (ctx, _anyone, _input, { request, reply }) => {
      const token = request.cookies[SESSION_COOKIE]
      if (token) await Accounts.signOut(ctx, token)
      reply.clearCookie(SESSION_COOKIE, { path: '/' })
      return null
    },
    view: () => ({ user: null }),
  }),
  route('POST /session/sign_up', {
    policy: Accounts.everyone,
    input: Accounts.SignUp,
    run: async (ctx, anyone, input, wire) => {
      refuseForms(wire)
      await Accounts.signUp(ctx, anyone, input)
      const made = await Accounts.signIn(ctx, anyone, input)
      keepSession(wire, made.token)
      return (await Accounts.readUsers(ctx, [made.user_id])).get(made.user_id) ?? null
    },
    view: (user) => ({ user: user && meView(user) }),
  }),
  route('GET /v2/developer_tokens', {
    policy: Accounts.withSession,
    input: nothing,
    run: Accounts.listDeveloperTokens,
    view: (tokens) => tokens.map((token) => ({ _type: 'developer_token', ...token })),
  }),
  route('POST /v2/developer_tokens', {
    policy: Accounts.withSession,
    input: Accounts.CreateDeveloperToken,
    run: Accounts.createDeveloperToken,
    view: (token) => ({ _type: 'developer_token', ...token }),
  }),
  route('DELETE /v2/developer_tokens/:token_id', {
    policy: Accounts.withSession,
    input: z.object({ token_id: z.uuid() }),
    run: Accounts.revokeDeveloperToken,
    view: (token) => ({ _type: 'developer_token', ...token }),
  }),
]
