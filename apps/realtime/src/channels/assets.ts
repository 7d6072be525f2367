import { z } from 'zod'
import type { Client } from '../client.ts'
import { Coalesce } from '../coalesce.ts'
import { type Join, type Payload, Refused } from '../protocol/index.ts'
import { type ChannelContext, enter } from './context.ts'

/** What viewers of an asset tell each other; none of it is kept. `frame` counts from 0. */
const said = {
  typing: z.object({ typing: z.boolean().default(true), frame: z.int().nonnegative().optional() }),
  playhead: z.object({ frame: z.int().nonnegative(), playing: z.boolean().default(false) }),
}

/** `assets:<id>`: who is watching, where, and who is typing. Guests and members see their own kind only. */
export function assets(context: ChannelContext): Join<Client> {
  return async (channel, payload) => {
    const { audience, speaks, person } = await enter(context, channel, payload)
    const group = `${channel.topic} ${audience}`
    const coalesce = new Coalesce()
    channel.onEnd(() => coalesce[Symbol.dispose]())
    channel.subscribe(group)
    if (speaks)
      channel.enqueue(() => context.presence.track(channel, group, person.id, { name: person.name }))
    return {
      receive(event, sent) {
        if (!Object.hasOwn(said, event)) throw new Refused('unmatched event')
        if (!speaks) throw new Refused('forbidden')
        const message = said[event as keyof typeof said].safeParse(sent)
        if (!message.success) throw new Refused('invalid')
        const shown: Payload = { ...message.data, person_id: person.id, name: person.name }
        coalesce.say(event, () => channel.broadcastFrom(group, event, shown, true))
        return {}
      },
    }
  }
}
