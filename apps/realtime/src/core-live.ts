import { Accounts, type Actor, actorKey, type Core, contextFor, Log, Projects } from '@rushes/core'
import type { Live, Visitor } from './live.ts'

/** Realtime's view of Core: Core says who may follow what and what each audience hears. */
export function coreLive(core: Core): Live {
  const ctx = contextFor(core, { kind: 'system', job: 'realtime' }, { source: 'realtime' })
  return {
    async whoIs(token) {
      const actor = await Accounts.authenticate(core, token)
      return actor && visitor(core, actor)
    },
    epoch: () => Log.readEpoch(ctx),
    heads: (projectIds) => Log.readHeads(ctx, [...projectIds]),
    read: (projectId, afterSeq, limit, audiences) =>
      Projects.readLiveLog(ctx, projectId, afterSeq, limit, audiences as readonly Projects.Audience[]),
    async notices(userIds, seconds) {
      const rows = await Projects.recentNotifications(ctx, userIds, seconds)
      return rows.map(({ mailed_at: _, ...body }) => ({ id: body.id, userId: body.user_id, body }))
    },
    listen: (heard) => core.doorbell.listen(heard),
  }
}

function visitor(core: Core, actor: Actor): Visitor {
  const ctx = contextFor(core, actor, { source: 'realtime' })
  const via = actor.kind === 'user' ? actor.via : ''
  return { key: `${actorKey(actor)} ${via}`, admit: (topic) => Projects.followTopic(ctx, topic) }
}
