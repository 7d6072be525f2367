import { admit, type Guard } from '../admit.ts'
import type { Client } from '../client.ts'
import type { Inbox } from '../inbox.ts'
import type { Live } from '../live.ts'
import type { ProjectStreams } from '../project-streams.ts'
import type { Channel, Payload, Presence } from '../protocol/index.ts'
import type { Recheck } from '../recheck.ts'

/** What channels work with. */
export interface ChannelContext {
  readonly live: Live
  readonly streams: ProjectStreams
  readonly presence: Presence<Client>
  readonly recheck: Recheck
  readonly inbox: Inbox
}

/**
 * Lets the channel's client in, and watches over it from then on.
 * @throws Refused `unauthenticated` or `not_found`
 */
export async function enter(
  { live, recheck }: ChannelContext,
  channel: Channel<Client>,
  payload: Payload,
): Promise<Guard['admission']> {
  const guard = await admit(live, channel, payload)
  recheck.guard(channel, guard)
  return guard.admission
}
