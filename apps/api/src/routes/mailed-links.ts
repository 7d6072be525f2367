import { Accounts } from '@rushes/core'
import { type Route, route } from '@rushes/middleware'
import { enter, refuseForms, userAgent, whoIs } from '../session-cookie.ts'
import { sessionView } from '../views/user.ts'

/** What mailed links lead to. Their tokens come in bodies only: a path or query would stand in logs. */
export const mailedLinks: Route[] = [
  route('POST /session/invitation', {
    policy: Accounts.everyone,
    input: Accounts.ReadInvitation,
    run: (ctx, anyone, input, wire) => {
      refuseForms(wire)
      return Accounts.readInvitation(ctx, anyone, input)
    },
    view: ({ places, ...invitation }) => ({
      _type: 'invitation',
      ...invitation,
      places: places.map(({ kind, id, name }) => ({ kind, id, name })),
    }),
  }),
  route('POST /session/invitation/accept', {
    policy: Accounts.everyone,
    input: Accounts.AcceptInvitation,
    run: async (ctx, anyone, input, wire) => {
      refuseForms(wire)
      const accepted = await Accounts.acceptInvitation(ctx, anyone, { ...input, user_agent: userAgent(wire) })
      return accepted.session ? enter(ctx, wire, accepted.session) : whoIs(ctx, accepted.user_id)
    },
    view: sessionView,
  }),
  route('POST /session/reset', {
    policy: Accounts.everyone,
    input: Accounts.RequestPasswordReset,
    run: (ctx, anyone, input, wire) => {
      refuseForms(wire)
      return Accounts.requestPasswordReset(ctx, anyone, input)
    },
    view: () => ({}),
  }),
  route('POST /session/reset/confirm', {
    policy: Accounts.everyone,
    input: Accounts.ResetPassword,
    run: async (ctx, anyone, input, wire) => {
      refuseForms(wire)
      const made = await Accounts.resetPassword(ctx, anyone, { ...input, user_agent: userAgent(wire) })
      return enter(ctx, wire, made)
    },
    view: sessionView,
  }),
]
