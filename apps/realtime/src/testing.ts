import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import { Socket, type SocketConnectOption } from 'phoenix'
import type { Live } from './live.ts'
import { MemoryLive } from './memory-live.ts'
import { type RealtimeOptions, startRealtime } from './realtime.ts'

/** Realtime behind an HTTP server on a random port, over a log in memory unless another is given. */
export async function testRealtime(options: RealtimeOptions = {}, live: Live = new MemoryLive()) {
  const realtime = startRealtime(live, options)
  const http = createServer()
  realtime.attach(http)
  const sockets = new Set<NetSocket>()
  http.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))))
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const { port } = http.address() as AddressInfo
  return {
    live: live as MemoryLive,
    realtime,
    port,
    /** Breaks every TCP connection, as a network does. */
    cut: () => sockets.forEach((socket) => void socket.destroy()),
    url: `ws://127.0.0.1:${port}/socket`,
    async [Symbol.asyncDispose]() {
      await realtime[Symbol.asyncDispose]()
      http.closeAllConnections()
      await new Promise((closed) => http.close(closed))
    },
  }
}

/** What a follower of a project has seen: the reply to each join, and every durable event. */
export interface Seen {
  readonly joins: { epoch: string; head_seq: number; resumed: boolean; reason?: string }[]
  readonly events: { name: string; seq: number; [key: string]: unknown }[]
}

/** The unmodified phoenix client of somebody who brings their token in each join payload. */
export function phoenixClient(url: string, token: string, options: Partial<SocketConnectOption> = {}) {
  const socket = new Socket(url, {
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
    timeout: 2000,
    ...options,
  })
  socket.connect()
  return {
    socket,
    /** Joins, resolving with the status of the reply and its response. */
    join: (topic: string, params: object | (() => object) = {}) => {
      const channel = socket.channel(topic, () => ({
        user_token: token,
        ...(typeof params === 'function' ? params() : params),
      }))
      const { promise, resolve } = Promise.withResolvers<[string, Record<string, unknown>]>()
      const push = channel.join()
      for (const status of ['ok', 'error'] as const)
        push.receive(status, (response) => resolve([status, response]))
      return { channel, joined: promise }
    },
    [Symbol.dispose]: () => socket.disconnect(),
  }
}

/** Follows a project as a client should: it remembers the last seq and rejoins with it. */
export async function follower(url: string, token: string, topic: string, last?: number) {
  const client = phoenixClient(url, token)
  const seen: Seen = { joins: [], events: [] }
  let changed = Promise.withResolvers<void>()
  let lastSeq = last
  const { channel } = client.join(topic, () => (lastSeq === undefined ? {} : { last_seq: lastSeq }))
  const note = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  // phoenix.js keeps the join's hooks, so the reply of every rejoin comes here too.
  channel.onMessage = (event: string, payload: unknown, _ref: unknown) => {
    const message = (payload ?? {}) as { status?: string; response?: Seen['joins'][number]; seq?: number }
    if (event === 'phx_reply' && message.response?.epoch !== undefined) {
      seen.joins.push(message.response)
      lastSeq ??= message.response.head_seq
    }
    if (message.seq !== undefined) {
      seen.events.push({ ...message, name: event, seq: message.seq })
      lastSeq = message.seq
    }
    note()
    return payload
  }
  return {
    ...client,
    channel,
    seen,
    async until(done: (seen: Seen) => boolean) {
      while (!done(seen)) await changed.promise
    },
  }
}
