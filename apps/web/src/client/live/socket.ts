import { type Channel, Socket } from 'phoenix'

let socket: Socket | null = null

/** The page's one socket, opened at first use; it reconnects by itself with growing, jittered pauses. */
export function openSocket(): Socket {
  if (socket) return socket
  const pauses = [250, 500, 1000, 2000, 5000]
  socket = new Socket('/socket', {
    reconnectAfterMs: (tries: number) => (pauses[tries - 1] ?? 10_000) * (0.5 + Math.random()),
    rejoinAfterMs: (tries: number) => (pauses[tries - 1] ?? 10_000) * (0.5 + Math.random()),
  })
  socket.connect()
  return socket
}

/** Drops the connection, so that the next use authenticates anew: after signing in or out. */
export function resetSocket(): void {
  socket?.disconnect()
  socket = null
}

/** Hears the payload of every event of a channel; phoenix.js itself only offers one listener a name. */
export function hearAll(channel: Channel, hear: (payload: unknown) => void): void {
  channel.onMessage = (event: string, payload: unknown) => {
    if (!event.startsWith('phx_')) hear(payload)
    return payload
  }
}
