import type { Server } from 'node:http'
import { logger, metrics } from '@rushes/monitoring'
import type { ChannelContext } from './channels/context.ts'
import { channelFor } from './channels/index.ts'
import { type Client, connectClient } from './client.ts'
import { Inbox } from './inbox.ts'
import type { Live } from './live.ts'
import { ProjectStreams } from './project-streams.ts'
import { ChannelServer, type Limits, Presence } from './protocol/index.ts'
import { Recheck } from './recheck.ts'

const log = logger('realtime')

/** How Realtime is run; every field has a default. */
export interface RealtimeOptions {
  /** Where the web client lives, such as `https://app.example.com`, for when a proxy in front changes `Host`. */
  readonly origins?: readonly string[]
  /** What one client may cost. */
  readonly limits?: Partial<Limits>
  /** Milliseconds between looks at the log for what no doorbell told; 1000. */
  readonly pollMs?: number
  /** Milliseconds between checks whether everyone may still listen; 2000. */
  readonly recheckMs?: number
}

/** A running Realtime. Disposing it drops its clients, staggered, so that they find their way to another process. */
export interface Realtime extends AsyncDisposable {
  /**
   * Serves `{mount}/websocket` and `{mount}/longpoll` of an HTTP server; `mount` is `/socket` by default. Dispose the answer
   * before closing that server, which waits for its sockets.
   */
  attach(server: Server, mount?: string): AsyncDisposable
  /** Clients connected now. */
  readonly connections: number
  /** Asks Core now whether everyone may still listen; it is asked every `recheckMs` anyway. */
  recheck(): Promise<void>
}

/** Starts Realtime over what it is given; nothing is served before `attach`. */
export function startRealtime(live: Live, options: RealtimeOptions = {}): Realtime {
  const failed = (error: unknown, topic?: string) => log.error('realtime failed', { error, topic })
  const server: ChannelServer<Client> = new ChannelServer<Client>({
    connect: (said) => connectClient(live, said),
    channel: (topic) => channelFor(context, topic),
    failed,
    dropped: (reason) => metrics.count('realtime.dropped', 1, { reason }),
    ownOrigins: options.origins ?? [],
    limits: { idleMs: 90_000, maxChannels: 200, ...options.limits },
  })
  const recheck = new Recheck({ live, server, failed }, options.recheckMs ?? 2000)
  const accessChanged = (projectId: string) => void recheck.sweep(projectId)
  const streams = new ProjectStreams({ live, server, accessChanged, failed }, options.pollMs ?? 1000)
  const inbox = new Inbox({ live, server, failed }, options.pollMs ?? 1000)
  const context: ChannelContext = { live, streams, presence: new Presence(server), recheck, inbox }
  return {
    attach: (http, mount) => server.attach(http, mount),
    get connections() {
      return server.connections.size
    },
    recheck: () => recheck.sweep(),
    async [Symbol.asyncDispose]() {
      for (const part of [recheck, streams, inbox]) part[Symbol.dispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
