import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ClientOptions, WebSocket } from 'ws'
import { Refused } from './errors.ts'
import type { Handshake } from './handshake.ts'
import type { Payload } from './message.ts'
import { Presence } from './presence.ts'
import { ChannelServer, type ChannelServerOptions } from './server.ts'

/** A channel server on a random port, with a `rooms:…` topic that echoes, crashes, refuses and broadcasts on demand. */
export async function testServer(options: Partial<ChannelServerOptions<Handshake>> = {}) {
  const failures: unknown[] = []
  const server: ChannelServer<Handshake> = new ChannelServer<Handshake>({
    connect: (said) => said,
    channel: (topic) => (topic.startsWith('rooms:') ? room(() => presence) : undefined),
    failed: (error) => failures.push(error),
    ...options,
  })
  const presence = new Presence(server)
  const http = createServer((_request, response) => response.end('not the socket'))
  server.attach(http)
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const { port } = http.address() as AddressInfo
  return {
    server,
    failures,
    port,
    url: `ws://127.0.0.1:${port}/socket`,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      http.closeAllConnections()
      await new Promise((closed) => http.close(closed))
    },
  }
}

type TestOptions = ChannelServerOptions<Handshake>

function room(presence: () => Presence<Handshake>): NonNullable<ReturnType<TestOptions['channel']>> {
  return (channel, { refuse, crash, name }) => {
    if (refuse) throw new Refused('not_found')
    if (crash) throw new Error('join broke')
    channel.subscribe(channel.topic)
    if (typeof name === 'string') {
      channel.enqueue(() => presence().track(channel, channel.topic, name, { online: true }))
    }
    return {
      response: { token: channel.session.token ?? null },
      receive(event, payload) {
        if (event === 'echo') return payload
        if (event === 'push') return void channel.push('pushed', payload)
        if (event === 'say') return void channel.broadcastFrom(channel.topic, 'said', payload as Payload)
        if (event === 'close') return channel.close() as undefined
        if (event === 'crash') throw new Error('handler broke')
        throw new Refused('unmatched event')
      },
    }
  }
}

/** A client that sends frames as they are and shows what came back. */
export async function rawClient(url: string, protocols: string[] = [], options: ClientOptions = {}) {
  const socket = new WebSocket(url, protocols, options)
  const frames: string[] = []
  let arrived = Promise.withResolvers<void>()
  const closed = once(socket, 'close').then(([code]) => code as number)
  socket.on('message', (data, isBinary) => {
    frames.push(isBinary ? `binary:${(data as Buffer).toString('hex')}` : String(data))
    arrived.resolve()
    arrived = Promise.withResolvers()
  })
  await once(socket, 'open')
  return {
    socket,
    frames,
    closed,
    send: (frame: string | Uint8Array) => socket.send(frame),
    /** The next frame not yet taken. */
    async next() {
      while (frames.length === 0) {
        await Promise.race([
          arrived.promise,
          closed.then((code) => Promise.reject(new Error(`closed ${code}`))),
        ])
      }
      return frames.shift()
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

/** The status an upgrade was refused with. */
export async function refusedStatus(url: string, options: ClientOptions = {}): Promise<number> {
  const socket = new WebSocket(url, options)
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  socket.terminate()
  return response.statusCode
}
