import { z } from 'zod'
import type { Client } from '../client.ts'
import { Coalesce } from '../coalesce.ts'
import { follow } from '../follow.ts'
import { type Join, Refused } from '../protocol/index.ts'
import { type ChannelContext, enter } from './context.ts'

/** What Frame.io's own client sends while it uploads (python-frameio-client, 2020); others of the project are shown it. */
const UploadProgress = z.object({
  connection_id: z.string().max(64),
  type: z.literal('UploadProgressClient'),
  data: z.object({
    asset_id: z.uuid(),
    sent_bytes: z.int().nonnegative(),
    total_bytes: z.int().nonnegative(),
    version: z.string().max(16),
  }),
})

/** `projects:<id>`: everything that happens in a project, with resume, and upload progress from client to client. */
export function projects(context: ChannelContext): Join<Client> {
  return async (channel, payload) => {
    const { projectId, audience, speaks } = await enter(context, channel, payload)
    if (projectId === null) throw new Refused('not_found')
    const response = await follow(channel, context, projectId, audience, payload)
    const coalesce = new Coalesce()
    channel.onEnd(() => coalesce[Symbol.dispose]())
    channel.subscribe(channel.topic)
    return {
      response,
      receive(event, sent) {
        if (event !== 'UploadProgressClient') throw new Refused('unmatched event')
        if (!speaks) throw new Refused('forbidden')
        const progress = UploadProgress.safeParse(sent)
        if (!progress.success) throw new Refused('invalid')
        coalesce.say(progress.data.data.asset_id, () =>
          channel.broadcastFrom(channel.topic, event, progress.data, true),
        )
        return {}
      },
    }
  }
}
