import { Accounts } from '@rushes/core'
import { type Route, route, SESSION_COOKIE } from '@rushes/middleware'
import { z } from 'zod'
import { enter, refuseForms, userAgent, whoIs } from '../session-cookie.ts'
import { sessionView } from '../views/user.ts'

const nothing = z.object({})

export const session: Route[] = [
  route('POST /session', {
    policy: Accounts.everyone,
    input: Accounts.SignIn,
    run: async (ctx, anyone, input, wire) => {
      refuseForms(wire)
      return enter(ctx, wire, await Accounts.signIn(ctx, anyone, { ...input, user_agent: userAgent(wire) }))
    },
    view: sessionView,
  }),
  route('GET /session', {
    policy: Accounts.everyone,
    input: nothing,
    run: async (ctx) => (ctx.actor.kind === 'user' ? whoIs(ctx, ctx.actor.userId) : null),
    view: (user, { core }) => ({ ...sessionView(user), sign_up: core.signUp }),
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
    view: sessionView,
  }),
  route('POST /session/sign_up', {
    policy: Accounts.everyone,
    input: Accounts.SignUp,
    run: async (ctx, anyone, input, wire) => {
      refuseForms(wire)
      await Accounts.signUp(ctx, anyone, input)
      return enter(ctx, wire, await Accounts.signIn(ctx, anyone, { ...input, user_agent: userAgent(wire) }))
    },
    view: sessionView,
  }),
  route('PUT /session/password', {
    policy: Accounts.withSession,
    input: Accounts.ChangePassword,
    run: async (ctx, person, input) =>
      whoIs(ctx, (await Accounts.changePassword(ctx, person, input)).user_id),
    view: sessionView,
  }),
]
