import type { Server } from 'node:http'
import type { Join } from './channel.ts'
import { Connection, type ConnectionHost, type Drop } from './connection.ts'
import { Endpoint, type EndpointHost } from './endpoint.ts'
import { ConnectRefused } from './errors.ts'
import { type BroadcastOptions, Fanout } from './fanout.ts'
import { type Handshake, originAllowed } from './handshake.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { Payload } from './message.ts'
import { serializerFor } from './serializers.ts'
import type { Transport } from './transport.ts'

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

/** A Phoenix Channels server, V1 and V2, over WebSocket and long-poll. Disposing it drops its clients, staggered. */
export class ChannelServer<S> implements ConnectionHost<S>, EndpointHost<S>, AsyncDisposable {
  readonly limits: Limits
  readonly fanout: Fanout
  readonly ownOrigins: readonly string[]
  readonly channel: ChannelServerOptions<S>['channel']
  readonly failed: ChannelServerOptions<S>['failed']
  readonly #options: ChannelServerOptions<S>
  readonly #connections = new Set<Connection<S>>()
  readonly #endpoints = new Set<Endpoint<S>>()
  readonly #sweep: NodeJS.Timeout

  constructor(options: ChannelServerOptions<S>) {
    this.#options = options
    this.ownOrigins = options.ownOrigins ?? []
    this.limits = { ...defaultLimits, ...options.limits }
    this.fanout = new Fanout(this.limits.batchMs)
    this.channel = options.channel
    this.failed = options.failed
    this.#sweep = setInterval(() => this.#dropSilent(), this.limits.idleMs / 4).unref()
  }

  /** Everyone connected now. */
  get connections(): ReadonlySet<Connection<S>> {
    return this.#connections
  }

  /**
   * Serves `{mount}/websocket` and `{mount}/longpoll` of an HTTP server; all other requests stay as they were. Dispose the
   * answer before closing that server, which waits for its sockets.
   */
  attach(server: Server, mount = '/socket'): AsyncDisposable {
    const endpoint = new Endpoint<S>(this, server, mount)
    this.#endpoints.add(endpoint)
    return endpoint
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

  /** Called by an endpoint for a client that wants to connect. */
  async admit(said: Handshake): Promise<(transport: Transport) => Connection<S>> {
    const serializer = serializerFor(said.params.get('vsn'))
    if (serializer === undefined || !originAllowed(said)) throw new ConnectRefused()
    const session = await this.#options.connect(said)
    return (transport) => {
      const connection = new Connection<S>(this, transport, session, serializer)
      this.#connections.add(connection)
      return connection
    }
  }

  /** Called by a connection that has ended. */
  gone(connection: Connection<S>): void {
    this.#connections.delete(connection)
    for (const endpoint of this.#endpoints) endpoint.gone(connection)
  }

  /** Called by a connection whose client is being dropped. */
  dropped(why: Drop): void {
    this.#options.dropped?.(why)
  }

  /** Takes no more clients and drops those there are over `drainMs`, in random order, so that they don't return as one. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweep)
    await Promise.all([...this.#endpoints].map((endpoint) => endpoint[Symbol.asyncDispose]()))
  }

  #dropSilent() {
    for (const connection of this.#connections) {
      if (connection.silence > this.limits.idleMs) connection.drop('silent')
    }
  }
}
