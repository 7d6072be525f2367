import type { Client } from '../client.ts'
import { type Join, Refused } from '../protocol/index.ts'
import { type ChannelContext, enter } from './context.ts'

/** `users:<id>`: a person's own inbox. What was missed is read over HTTP. */
export function users(context: ChannelContext): Join<Client> {
  return async (channel, payload) => {
    const { person } = await enter(context, channel, payload)
    channel.subscribe(channel.topic)
    channel.onEnd(await context.inbox.watch(person.id))
    return {
      receive() {
        throw new Refused('unmatched event')
      },
    }
  }
}
