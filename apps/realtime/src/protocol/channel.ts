import { Refused } from './errors.ts'
import type { BroadcastOptions, Subscriber } from './fanout.ts'
import { Mailbox } from './mailbox.ts'
import type { Message, Outgoing, Payload, Ref } from './message.ts'
import type { Packet } from './packet.ts'
import type { Serializer } from './serializers.ts'

/** What a handler answers: a response (status `ok`), a status of its own, or nothing. */
export type Answer = Payload | Uint8Array | undefined

/** What an accepted join leaves behind. */
export type Joined = {
  /** Sent with the reply to the join. */
  readonly response?: Payload
  /** Handles what the client sends, one message at a time; throw `Refused` to answer with an error. */
  receive?(event: string, payload: Payload | Uint8Array): Answer | Promise<Answer>
}

/** Decides about a join. Throw `Refused(reason)` to refuse it. */
export type Join<S> = (channel: Channel<S>, payload: Payload) => Joined | Promise<Joined>

/** What a channel needs of the connection it lives in. */
export type ChannelHost<S> = {
  readonly session: S
  readonly serializer: Serializer
  readonly maxPending: number
  send(message: Outgoing): void
  deliver(packet: Packet, droppable: boolean): void
  ready(): Promise<void>
  subscribe(group: string, subscriber: Subscriber): void
  unsubscribe(group: string, subscriber: Subscriber): void
  broadcast(group: string, message: Outgoing, options: BroadcastOptions): void
  ended(channel: Channel<S>): void
  failed(error: unknown, topic: string): void
}

/** One topic joined by one connection. */
export class Channel<S> implements Subscriber {
  readonly topic: string
  readonly joinRef: Ref
  readonly #host: ChannelHost<S>
  readonly #mailbox: Mailbox
  readonly #cleanups: (() => void)[] = []
  #receive: Joined['receive']
  #open = true

  constructor(host: ChannelHost<S>, topic: string, joinRef: Ref) {
    this.#host = host
    this.topic = topic
    this.joinRef = joinRef
    this.#mailbox = new Mailbox(host.maxPending, (error) => this.#fail(error))
  }

  /** What `connect` returned for this client. */
  get session(): S {
    return this.#host.session
  }

  get serializer(): Serializer {
    return this.#host.serializer
  }

  /** Whether the client still listens; false once it left, was closed or lost its connection. */
  get open(): boolean {
    return this.#open
  }

  /** Sends to this client alone. Push bytes only to clients that asked for them. */
  push(event: string, payload: Payload | Uint8Array): void {
    const { topic, joinRef } = this
    if (this.#open) this.#host.send({ kind: 'push', joinRef, ref: null, topic, event, payload })
  }

  /** Resolves once the client has taken most of what it was sent; for those who have much to say. */
  ready(): Promise<void> {
    return this.#host.ready()
  }

  /** Hears what is broadcast to a group from now on, until the channel ends. */
  subscribe(group: string): void {
    if (!this.#open) return
    this.#host.subscribe(group, this)
    this.onEnd(() => this.#host.unsubscribe(group, this))
  }

  /** Broadcasts to a group under this channel's topic, except to this client. */
  broadcastFrom(group: string, event: string, payload: Payload, droppable = false): void {
    const message: Outgoing = { kind: 'broadcast', topic: this.topic, event, payload }
    this.#host.broadcast(group, message, { except: this, droppable })
  }

  /** Runs after everything this channel already has to do; from within a join, after its reply was sent. */
  enqueue(task: () => void | Promise<void>): void {
    this.#mailbox.add(task)
  }

  /** Runs when the channel ends, however it ends, a refused join included. At once if it has ended. */
  onEnd(cleanup: () => void): void {
    if (this.#open) this.#cleanups.push(cleanup)
    else cleanup()
  }

  /** Ends the channel from the server's side with `phx_close`: the client does not rejoin. */
  close(): void {
    if (this.#open) this.#sayLast('phx_close', {})
    this.end()
  }

  /** Ends the channel with `phx_error`: the client rejoins after a second. */
  crash(reason: string): void {
    if (this.#open) this.#sayLast('phx_error', { reason })
    this.end()
  }

  /** Ends the channel without a word, as when the connection is gone. */
  end(): void {
    if (!this.#open) return
    this.#open = false
    this.#mailbox.close()
    this.#host.ended(this)
    for (const cleanup of this.#cleanups) cleanup()
  }

  /** Answers the client's join; called once, by its connection. */
  start(join: Join<S>, message: Message): void {
    this.enqueue(async () => {
      try {
        const joined = await join(this, message.payload as Payload)
        this.#receive = joined.receive?.bind(joined)
        this.reply(message.ref, 'ok', joined.response ?? {})
      } catch (error) {
        this.reply(message.ref, 'error', { reason: reasonOf(error) })
        this.end()
        if (!(error instanceof Refused)) this.#host.failed(error, this.topic)
      }
    })
  }

  /** Hands a client's message to the handler. */
  handle(message: Message): void {
    this.enqueue(async () => {
      try {
        const answer = await this.#receive?.(message.event, message.payload)
        if (message.ref !== null && answer !== undefined) this.reply(message.ref, 'ok', answer)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        if (message.ref !== null) this.reply(message.ref, 'error', { reason: error.reason })
      }
    })
  }

  /** Leaves as the client asked: the reply first, then `phx_close`. */
  leave(ref: Ref): void {
    this.enqueue(() => {
      this.reply(ref, 'ok', {})
      this.close()
    })
  }

  /** Answers the request with this ref. */
  reply(ref: Ref, status: string, response: Payload | Uint8Array): void {
    const { topic, joinRef } = this
    if (this.#open) this.#host.send({ kind: 'reply', joinRef, ref, topic, status, response })
  }

  /** Takes a broadcast of a group it hears. */
  deliver(packet: Packet, droppable: boolean): void {
    this.#host.deliver(packet, droppable)
  }

  #sayLast(event: string, payload: Payload) {
    const { topic, joinRef } = this
    this.#host.send({ kind: 'push', joinRef, ref: joinRef, topic, event, payload })
  }

  #fail(error: unknown) {
    this.crash('channel_crash')
    this.#host.failed(error, this.topic)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Refused ? error.reason : 'join crashed'
}
