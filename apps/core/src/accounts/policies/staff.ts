import type { Tables } from '@rushes/db'
import type { Selectable } from 'kysely'
import type { Ctx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import type { ActorPolicy, Granted, Policy } from '../../policy.ts'

/** Somebody of ours with a reason to look. */
export interface Staff {
  userId: string
  reason: string
}

/** Only staff, and only with a reason: everybody else finds nothing here. */
export const staffOnly = {
  name: 'support',
  scope: null,
  grant({ actor }: Ctx): Staff {
    if (actor.kind === 'anonymous') throw new CoreError('unauthenticated')
    if (actor.kind !== 'staff') throw new CoreError('not_found')
    return { userId: actor.userId, reason: actor.reason }
  },
} satisfies ActorPolicy<Staff, 'support'>

/** Any account, also a deleted one, for staff with a reason. */
export const viewAccountPolicy = {
  name: 'support.account',
  scope: null,
  async find(ctx, id) {
    if (ctx.actor.kind !== 'staff') return null
    return (await ctx.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
  },
  allows: () => true,
} satisfies Policy<Selectable<Tables['accounts']>, 'support.account'>

export type GrantedStaff = Granted<Staff, 'support'>
export type ViewedAccount = Granted<Selectable<Tables['accounts']>, 'support.account'>
