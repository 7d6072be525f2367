import { Channel, type ChannelHost, type Join } from './channel.ts'
import { BadFrame } from './errors.ts'
import type { BroadcastOptions, Fanout, Subscriber } from './fanout.ts'
import type { Limits } from './limits.ts'
import type { Message, Outgoing, Payload } from './message.ts'
import { Packet } from './packet.ts'
import { Rate } from './rate.ts'
import { type Serializer, sniff, v2 } from './serializers.ts'
import type { Transport } from './transport.ts'

/** What all connections of a server have in common. */
export type ConnectionHost<S> = {
  readonly limits: Limits
  readonly fanout: Fanout
  channel(topic: string): Join<S> | undefined
  failed(error: unknown, topic: string): void
  gone(connection: Connection<S>): void
  dropped(why: Drop): void
}

/** Why the server dropped a client that was not asked to go. */
export type Drop = 'slow' | 'silent' | 'bad_frame'

/** One client, whatever carries its frames: which topics it has joined and what it says. */
export class Connection<S> implements ChannelHost<S> {
  readonly session: S
  readonly #host: ConnectionHost<S>
  readonly #transport: Transport
  readonly #channels = new Map<string, Channel<S>>()
  readonly #rate: Rate
  #serializer: Serializer | 'sniff'
  #heardAt = performance.now()
  #open = true

  constructor(host: ConnectionHost<S>, transport: Transport, session: S, serializer: Serializer | 'sniff') {
    this.#host = host
    this.#transport = transport
    this.session = session
    this.#serializer = serializer
    this.#rate = new Rate(host.limits.messagesPerSecond, host.limits.burst)
  }

  /** Milliseconds since the client last said anything. */
  get silence(): number {
    return performance.now() - this.#heardAt
  }

  get serializer(): Serializer {
    return this.#serializer === 'sniff' ? v2 : this.#serializer
  }

  get maxPending(): number {
    return this.#host.limits.maxPending
  }

  /** The channels it has joined. */
  get channels(): Iterable<Channel<S>> {
    return this.#channels.values()
  }

  /** Notes a sign of life that is no message, such as a pong or a poll. */
  touch(): void {
    this.#heardAt = performance.now()
  }

  /** Takes one frame of the client. A frame that can't be read closes the connection with 1007. */
  receive(frame: string | Uint8Array): void {
    if (!this.#open) return
    this.touch()
    if (this.#serializer === 'sniff') this.#serializer = sniff(frame)
    try {
      this.#dispatch(this.#serializer.decode(frame))
    } catch (error) {
      if (!(error instanceof BadFrame)) throw error
      this.#host.dropped('bad_frame')
      this.close(1007, error.message)
    }
  }

  /** Ends it from the server's side. */
  close(code: number, reason: string): void {
    this.gone()
    this.#transport.close(code, reason)
  }

  /** Drops it for what it did or failed to do. */
  drop(why: Drop): void {
    this.#host.dropped(why)
    this.terminate()
  }

  /** Drops it, so that its client reconnects. */
  terminate(): void {
    this.gone()
    this.#transport.terminate()
  }

  /** Ends every channel: the transport has lost the client. */
  gone(): void {
    if (!this.#open) return
    this.#open = false
    this.#host.gone(this)
    for (const channel of this.#channels.values()) channel.end()
  }

  send(message: Outgoing): void {
    this.#transport.send(new Packet(this.serializer, [message]), false)
  }

  deliver(packet: Packet, droppable: boolean): void {
    this.#transport.send(packet, droppable)
  }

  ready(): Promise<void> {
    return this.#transport.ready()
  }

  subscribe(group: string, subscriber: Subscriber): void {
    this.#host.fanout.subscribe(group, subscriber)
  }

  unsubscribe(group: string, subscriber: Subscriber): void {
    this.#host.fanout.unsubscribe(group, subscriber)
  }

  broadcast(group: string, message: Outgoing, options: BroadcastOptions): void {
    this.#host.fanout.broadcast(group, message, options)
  }

  ended(channel: Channel<S>): void {
    if (this.#channels.get(channel.topic) === channel) this.#channels.delete(channel.topic)
  }

  failed(error: unknown, topic: string): void {
    this.#host.failed(error, topic)
  }

  #dispatch(message: Message) {
    const { topic, event } = message
    if (!this.#rate.take()) return this.#answer(message, 'error', { reason: 'rate_limited' })
    if (topic === 'phoenix' && event === 'heartbeat') return this.#answer(message, 'ok', {})
    const channel = this.#channels.get(topic)
    if (event === 'phx_join') return this.#join(message, channel)
    if (channel !== undefined) return handled(message, channel)
    if (event === 'phx_leave') return this.#answer(message, 'ok', {})
    this.#unmatched(message)
  }

  /** A second join of a topic closes the first, as Phoenix does: its client has lost track of it. */
  #join(message: Message, previous: Channel<S> | undefined) {
    previous?.close()
    const join = this.#host.channel(message.topic)
    if (join === undefined || message.payload instanceof Uint8Array) return this.#unmatched(message)
    if (this.#channels.size >= this.#host.limits.maxChannels) {
      return this.#answer(message, 'error', { reason: 'too many channels joined' })
    }
    const channel = new Channel<S>(this, message.topic, message.joinRef)
    this.#channels.set(message.topic, channel)
    channel.start(join, message)
  }

  #unmatched(message: Message) {
    this.#answer({ ...message, joinRef: null }, 'error', { reason: 'unmatched topic' })
  }

  #answer({ joinRef, ref, topic }: Message, status: string, response: Payload) {
    this.send({ kind: 'reply', joinRef, ref, topic, status, response })
  }
}

/** A push or leave with another join_ref was meant for an earlier join of the topic and is dropped. */
function handled<S>(message: Message, channel: Channel<S>) {
  if (message.joinRef !== null && message.joinRef !== channel.joinRef) return
  if (message.event === 'phx_leave') channel.leave(message.ref)
  else channel.handle(message)
}
