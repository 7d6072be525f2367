import { randomUUID } from 'node:crypto'
import type { Channel } from './channel.ts'
import type { Payload } from './message.ts'
import type { ChannelServer } from './server.ts'

type Meta = Payload & { readonly phx_ref: string }

/**
 * Who is in a group of this process, in the wire form `presence_state` and `presence_diff` of phoenix.js' Presence. An
 * entry lives as long as its channel, and a channel no longer than `idleMs` after its client fell silent.
 */
export class Presence<S> {
  readonly #server: ChannelServer<S>
  readonly #groups = new Map<string, Map<Channel<S>, { key: string; meta: Meta }>>()

  constructor(server: ChannelServer<S>) {
    this.#server = server
  }

  /** Shows the channel to everyone in the group, and everyone to the channel; call it once the join was answered. */
  track(channel: Channel<S>, group: string, key: string, meta: Payload): void {
    if (!channel.open) return
    const entry = { key, meta: { ...meta, phx_ref: randomUUID() } }
    const entries = this.#groups.get(group) ?? new Map()
    this.#groups.set(group, entries)
    channel.push('presence_state', listed(entries.values()))
    entries.set(channel, entry)
    this.#tell(channel, group, [entry], [])
    channel.onEnd(() => {
      entries.delete(channel)
      if (entries.size === 0) this.#groups.delete(group)
      this.#tell(channel, group, [], [entry])
    })
  }

  /** Who is there: `{key: {metas: […]}}`. */
  list(group: string): Payload {
    return listed(this.#groups.get(group)?.values() ?? [])
  }

  #tell(channel: Channel<S>, group: string, joined: Entry[], left: Entry[]) {
    const diff = { joins: listed(joined), leaves: listed(left) }
    this.#server.broadcast(group, 'presence_diff', diff, { topic: channel.topic })
  }
}

type Entry = { readonly key: string; readonly meta: Meta }

/** Keys come from outside, so the object has no prototype to tread on. */
function listed(entries: Iterable<Entry>): Payload {
  const state: Record<string, { metas: Meta[] }> = Object.create(null)
  for (const { key, meta } of entries) {
    state[key] ??= { metas: [] }
    state[key].metas.push(meta)
  }
  return state
}
