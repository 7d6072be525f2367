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

/** Completes the upgrade and connects the socket's life to a connection's. */
export function acceptWebSocket<S>(
  server: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  limits: Limits,
  open: (transport: Transport) => Connection<S>,
): void {
  server.handleUpgrade(request, socket, head, (ws) => {
    const connection = open(new WebSocketTransport(ws, socket, limits))
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

  constructor(ws: WebSocket, socket: Duplex, { maxBufferedBytes }: Limits) {
    this.#ws = ws
    this.#socket = socket
    this.#maxBufferedBytes = maxBufferedBytes
  }

  send(packet: Packet, droppable: boolean): void {
    if (this.#ws.readyState !== WebSocket.OPEN || packet.frames.length === 0) return
    const waiting = this.#socket.writableLength
    if (droppable && waiting > this.#maxBufferedBytes / 4) return
    if (waiting + packet.bytes.length > this.#maxBufferedBytes) this.terminate()
    else this.#socket.write(packet.bytes)
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason)
  }

  terminate(): void {
    this.#ws.terminate()
  }
}
