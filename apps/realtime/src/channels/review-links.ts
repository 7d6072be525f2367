import type { Client } from '../client.ts'
import { follow } from '../follow.ts'
import { type Join, Refused } from '../protocol/index.ts'
import { type ChannelContext, enter } from './context.ts'

/** `review_links:<id>`: what happens to what the link shows, with resume; its guests hear nothing beyond it. */
export function reviewLinks(context: ChannelContext): Join<Client> {
  return async (channel, payload) => {
    const { projectId, audience } = await enter(context, channel, payload)
    if (projectId === null) throw new Refused('not_found')
    return {
      response: await follow(channel, context, projectId, audience, payload),
      receive() {
        throw new Refused('unmatched event')
      },
    }
  }
}
