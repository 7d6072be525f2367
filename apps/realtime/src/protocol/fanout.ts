import type { Outgoing } from './message.ts'
import { Packet } from './packet.ts'
import type { Serializer } from './serializers.ts'

/** Where a broadcast ends up: a joined channel. */
export type Subscriber = {
  readonly serializer: Serializer
  deliver(packet: Packet, droppable: boolean): void
}

/** How a broadcast goes out. */
export type BroadcastOptions = {
  /** The one who is not told, usually because it said so itself. */
  readonly except?: Subscriber
  /** Whether clients that lag may miss it. */
  readonly droppable?: boolean
}

type Group = {
  readonly subscribers: Set<Subscriber>
  pending: Outgoing[]
  quietUntil: number
  timer: NodeJS.Timeout | undefined
}

/**
 * Groups of subscribers that hear the same thing. Each message is encoded once a version, and what is said within
 * one window leaves in one write a subscriber: the system call, not the encoding, is what a broadcast costs.
 */
export class Fanout {
  readonly #groups = new Map<string, Group>()
  readonly #batchMs: number

  constructor(batchMs: number) {
    this.#batchMs = batchMs
  }

  /** Adds a subscriber; it hears nothing that was broadcast before. */
  subscribe(name: string, subscriber: Subscriber): void {
    const group = this.#groups.get(name) ?? emptyGroup()
    this.#groups.set(name, group)
    flush(group)
    group.subscribers.add(subscriber)
  }

  /** Removes a subscriber; a group without any is forgotten. */
  unsubscribe(name: string, subscriber: Subscriber): void {
    const group = this.#groups.get(name)
    group?.subscribers.delete(subscriber)
    if (group === undefined || group.subscribers.size > 0) return
    clearTimeout(group.timer)
    this.#groups.delete(name)
  }

  /** How many would hear a broadcast. */
  size(name: string): number {
    return this.#groups.get(name)?.subscribers.size ?? 0
  }

  /** Tells every subscriber of a group, in the order of the calls. */
  broadcast(name: string, message: Outgoing, options: BroadcastOptions = {}): void {
    const group = this.#groups.get(name)
    if (group === undefined) return
    if (options.except !== undefined || options.droppable || this.#batchMs === 0) {
      flush(group)
      deliver(group, [message], options)
      return
    }
    group.pending.push(message)
    group.timer ??= setTimeout(() => this.#flush(group), Math.max(0, group.quietUntil - performance.now()))
  }

  #flush(group: Group) {
    group.quietUntil = performance.now() + this.#batchMs
    flush(group)
  }
}

function emptyGroup(): Group {
  return { subscribers: new Set(), pending: [], quietUntil: 0, timer: undefined }
}

function flush(group: Group) {
  clearTimeout(group.timer)
  group.timer = undefined
  if (group.pending.length === 0) return
  const messages = group.pending
  group.pending = []
  deliver(group, messages, {})
}

function deliver(group: Group, messages: readonly Outgoing[], options: BroadcastOptions) {
  const packets = new Map<Serializer, Packet>()
  for (const subscriber of group.subscribers) {
    if (subscriber === options.except) continue
    let packet = packets.get(subscriber.serializer)
    if (packet === undefined) {
      packet = new Packet(subscriber.serializer, messages)
      packets.set(subscriber.serializer, packet)
    }
    subscriber.deliver(packet, options.droppable ?? false)
  }
}
