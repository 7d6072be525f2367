import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Join } from './channel.ts'
import { Connection, type ConnectionHost, type Drop } from './connection.ts'
import { drain } from './drain.ts'
import { ConnectRefused } from './errors.ts'
import { type BroadcastOptions, Fanout } from './fanout.ts'
import { type Handshake, handshake, originAllowed } from './handshake.ts'
import { intercept } from './intercept.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { LongPoll } from './long-poll.ts'
import type { Payload } from './message.ts'
import { type Serializer, serializerFor } from './serializers.ts'
import type { Transport } from './transport.ts'
import { acceptWebSocket, type Upgrade, webSocketServer } from './websocket.ts'

/** What a channel server is made of; `S` is whatever `connect` wants to know about a client later. */
export type ChannelServerOptions<S> = {
  /** Decides who connects. Throw `ConnectRefused(status)` to refuse. */
  connect(handshake: Handshake): S | Promise<S>
  /** Who decides about joins of a topic; undefined for a topic that is not of this server. */
  channel(topic: string): Join<S> | undefined
  /** Told of what handlers threw, beyond `Refused`. The client has been sent `phx_error`. */
  failed(error: unknown, topic: string): void
  /** Told why a client was dropped. */
  dropped?(why: Drop): void
  /** Where its pages live, such as `https://app.example.com`, for when a proxy in front changes `Host`. */
  ownOrigins?: readonly string[]
  limits?: Partial<Limits>
}

type Admitted<S> = { readonly session: S; readonly serializer: Serializer | 'sniff' }

/** A Phoenix Channels server, V1 and V2, over WebSocket and long-poll. Disposing it drops its clients, staggered. */
export class ChannelServer<S> implements ConnectionHost<S>, AsyncDisposable {
  readonly limits: Limits
  readonly fanout: Fanout
  readonly channel: ChannelServerOptions<S>['channel']
  readonly failed: ChannelServerOptions<S>['failed']
  readonly #options: ChannelServerOptions<S>
  readonly #ownOrigins: readonly string[]
  readonly #connections = new Set<Connection<S>>()
  readonly #attached = new DisposableStack()
  readonly #webSockets
  readonly #longPoll: LongPoll<S>
  readonly #sweep: NodeJS.Timeout
  #open = true

  constructor(options: ChannelServerOptions<S>) {
    this.#options = options
    this.#ownOrigins = options.ownOrigins ?? []
    this.limits = { ...defaultLimits, ...options.limits }
    this.fanout = new Fanout(this.limits.batchMs)
    this.channel = options.channel
    this.failed = options.failed
    this.#webSockets = webSocketServer(this.limits)
    this.#longPoll = new LongPoll<S>({
      limits: this.limits,
      ownOrigins: this.#ownOrigins,
      open: async (said, transport) => this.#opened(transport, await this.#admit(said)),
    })
    this.#sweep = setInterval(() => this.#dropSilent(), this.limits.idleMs / 4).unref()
  }

  /** Everyone connected now. */
  get connections(): ReadonlySet<Connection<S>> {
    return this.#connections
  }

  /** Serves `{mount}/websocket` and `{mount}/longpoll` of an HTTP server; all other requests stay as they were. */
  attach(server: Server, mount = '/socket'): void {
    this.#attached.use(
      intercept(server, {
        upgrade: {
          [`${mount}/websocket`]: (request, socket, head) => void this.#upgrade({ request, socket, head }),
        },
        request: { [`${mount}/longpoll`]: (...exchange) => void this.#poll(...exchange) },
      }),
    )
  }

  /** Tells everyone in a group, under a topic of their own. Group and topic are the same unless channels chose otherwise. */
  broadcast(
    group: string,
    event: string,
    payload: Payload | Uint8Array,
    options: BroadcastOptions & { topic?: string } = {},
  ): void {
    const message = { kind: 'broadcast', topic: options.topic ?? group, event, payload } as const
    this.fanout.broadcast(group, message, options)
  }

  /** Called by a connection that has ended. */
  gone(connection: Connection<S>): void {
    this.#connections.delete(connection)
  }

  /** Called by a connection whose client is being dropped. */
  dropped(why: Drop): void {
    this.#options.dropped?.(why)
  }

  /** Takes no more clients and drops those there are over `drainMs`, in random order, so that they don't return as one. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#open = false
    clearInterval(this.#sweep)
    await drain(this.#connections, this.limits.drainMs)
    this.#attached.dispose()
    this.#webSockets.close()
  }

  async #upgrade(upgrade: Upgrade) {
    const { request, socket } = upgrade
    socket.on('error', () => socket.destroy())
    try {
      const admitted = await this.#admit(handshake(request, this.#ownOrigins))
      const { maxBufferedBytes } = this.limits
      acceptWebSocket(this.#webSockets, upgrade, maxBufferedBytes, (transport) =>
        this.#opened(transport, admitted),
      )
    } catch (error) {
      refuse(socket, this.#statusOf(error))
    }
  }

  async #poll(request: IncomingMessage, response: ServerResponse) {
    try {
      await this.#longPoll.handle(request, response)
    } catch (error) {
      if (!response.headersSent) response.writeHead(this.#statusOf(error))
      response.end()
    }
  }

  async #admit(said: Handshake): Promise<Admitted<S>> {
    if (!this.#open) throw new ConnectRefused(503)
    const serializer = serializerFor(said.params.get('vsn'))
    if (serializer === undefined) throw new ConnectRefused()
    if (!originAllowed(said)) throw new ConnectRefused()
    const session = await this.#options.connect(said)
    if (!this.#open) throw new ConnectRefused(503)
    return { session, serializer }
  }

  #opened(transport: Transport, { session, serializer }: Admitted<S>) {
    const connection = new Connection<S>(this, transport, session, serializer)
    this.#connections.add(connection)
    return connection
  }

  #statusOf(error: unknown) {
    if (error instanceof ConnectRefused) return error.status
    this.failed(error, 'phoenix')
    return 500
  }

  #dropSilent() {
    for (const connection of this.#connections) {
      if (connection.silence > this.limits.idleMs) connection.drop('silent')
    }
  }
}

function refuse(socket: Duplex, status: number) {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
