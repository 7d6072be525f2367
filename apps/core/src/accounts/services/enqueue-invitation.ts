import type { Ctx, Tx } from '../../context.ts'

/** Has an invitation to a team or project mailed when the change is committed; queued once, however often it is added. */
export function enqueueInvitation(ctx: Ctx, tx: Tx, address: string, place_id: string): Promise<void> {
  const email = address.toLowerCase()
  const inviter_id = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const payload = { email, place_id, inviter_id }
  return ctx.core.jobs.enqueue(tx, 'invitation.send', payload, { key: `${email} ${place_id}` })
}
