import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Connection } from './connection.ts'
import { drain } from './drain.ts'
import { ConnectRefused } from './errors.ts'
import { type Handshake, handshake } from './handshake.ts'
import { intercept } from './intercept.ts'
import type { Limits } from './limits.ts'
import { LongPoll } from './long-poll.ts'
import type { Transport } from './transport.ts'
import { acceptWebSocket, type Upgrade, webSocketServer } from './websocket.ts'

/** What an endpoint needs of the channel server behind it. */
export type EndpointHost<S> = {
  readonly limits: Limits
  readonly ownOrigins: readonly string[]
  /**
   * Decides about a client; what it answers makes the connection once there is a transport.
   * @throws ConnectRefused
   */
  admit(said: Handshake): Promise<(transport: Transport) => Connection<S>>
  failed(error: unknown, topic: string): void
}

/**
 * Where clients come in: `{mount}/websocket` and `{mount}/longpoll` of one HTTP server, whose other requests stay as they
 * were. Disposing refuses new clients and drops those who came in here; dispose it before closing the HTTP server, which
 * waits for its sockets.
 */
export class Endpoint<S> implements AsyncDisposable {
  readonly #host: EndpointHost<S>
  readonly #accepted = new Set<Connection<S>>()
  readonly #webSockets
  readonly #longPoll: LongPoll<S>
  readonly #interception: Disposable
  #open = true

  constructor(host: EndpointHost<S>, server: Server, mount: string) {
    this.#host = host
    this.#webSockets = webSocketServer(host.limits)
    this.#longPoll = new LongPoll<S>(host.limits, (request) => this.#admit(request, 'longpoll'))
    this.#interception = intercept(server, {
      upgrade: {
        [`${mount}/websocket`]: (request, socket, head) => void this.#upgrade({ request, socket, head }),
      },
      request: { [`${mount}/longpoll`]: (...exchange) => void this.#poll(...exchange) },
    })
  }

  /** Forgets a connection that has ended. */
  gone(connection: Connection<S>): void {
    this.#accepted.delete(connection)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await drain(this.#accepted, this.#host.limits.drainMs)
    this.#interception[Symbol.dispose]()
    this.#webSockets.close()
  }

  async #upgrade(upgrade: Upgrade) {
    const { request, socket } = upgrade
    socket.on('error', () => socket.destroy())
    try {
      const open = await this.#admit(request, 'websocket')
      acceptWebSocket(this.#webSockets, upgrade, this.#host.limits.maxBufferedBytes, open)
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

  async #admit(request: IncomingMessage, transport: 'websocket' | 'longpoll') {
    if (!this.#open) throw new ConnectRefused(503)
    const said = handshake(request, this.#host.ownOrigins)
    // The client's last session, which is gone; to those who decide about connecting it would look like a secret.
    if (transport === 'longpoll') said.params.delete('token')
    const open = await this.#host.admit(said)
    if (!this.#open) throw new ConnectRefused(503)
    return (carrier: Transport) => {
      const connection = open(carrier)
      this.#accepted.add(connection)
      return connection
    }
  }

  #statusOf(error: unknown) {
    if (error instanceof ConnectRefused) return error.status
    this.#host.failed(error, 'phoenix')
    return 500
  }
}

function refuse(socket: Duplex, status: number) {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
