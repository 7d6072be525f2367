import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Connection } from './connection.ts'
import type { Limits } from './limits.ts'
import type { Packet } from './packet.ts'
import type { Transport } from './transport.ts'

/** A `ws` server for sockets that others accepted. Deflate stays off: it costs memory a socket and invites bombs. */
export function webSocketServer({ maxFrameBytes }: Limits): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    handleProtocols: (offered) => offered.has('phoenix') && 'phoenix',
  })
}

/** A request to upgrade, as Node hands it over. */
export type Upgrade = { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer }

/** Completes the upgrade and connects the socket's life to that of the connection that `open` makes of it. */
export function acceptWebSocket<S>(
  server: WebSocketServer,
  { request, socket, head }: Upgrade,
  maxBufferedBytes: number,
  open: (transport: Transport) => Connection<S>,
): void {
  server.handleUpgrade(request, socket, head, (ws) => {
    const connection = open(
      new WebSocketTransport(ws, socket, maxBufferedBytes, () => connection.drop('slow')),
    )
    ws.on('message', (data, isBinary) => connection.receive(frameOf(data, isBinary)))
    ws.on('ping', () => connection.touch())
    ws.on('pong', () => connection.touch())
    // ws answers a broken frame with its close code; the event only says that it did.
    ws.on('error', () => connection.gone())
    ws.on('close', () => connection.gone())
  })
}

function frameOf(data: RawData, isBinary: boolean): string | Uint8Array {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
  return isBinary ? bytes : bytes.toString()
}

/** Writes ready-made frames to the socket under `ws`, which has no queue of its own while deflate is off. */
class WebSocketTransport implements Transport {
  readonly #ws: WebSocket
  readonly #socket: Duplex
  readonly #maxBufferedBytes: number
  readonly #tooSlow: () => void

  constructor(ws: WebSocket, socket: Duplex, maxBufferedBytes: number, tooSlow: () => void) {
    this.#ws = ws
    this.#socket = socket
    this.#maxBufferedBytes = maxBufferedBytes
    this.#tooSlow = tooSlow
  }

  send(packet: Packet, droppable: boolean): void {
    if (this.#ws.readyState !== WebSocket.OPEN || packet.frames.length === 0) return
    const waiting = this.#socket.writableLength
    if (droppable && waiting > this.#maxBufferedBytes / 4) return
    if (waiting + packet.bytes.length > this.#maxBufferedBytes) this.#tooSlow()
    else this.#socket.write(packet.bytes)
  }

  async ready(): Promise<void> {
    if (this.#ws.readyState !== WebSocket.OPEN || this.#socket.writableLength <= this.#maxBufferedBytes / 4)
      return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#socket.once('drain', resolve).once('close', resolve)
    await promise
    this.#socket.off('drain', resolve).off('close', resolve)
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason)
  }

  terminate(): void {
    this.#ws.terminate()
  }
}
