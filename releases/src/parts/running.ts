import type { RequestListener, Server } from 'node:http'
import { api } from '@rushes/api'
import { type Realtime, realtime } from '@rushes/realtime'
import type { FastifyInstance } from 'fastify'
import { localUrl } from '../config/config.ts'
import type { Foundation } from '../foundation/foundation.ts'
import { listen } from '../http/listen.ts'
import { probes } from '../http/probes.ts'

/** A process while its apps start: what they stand on, and what several of them share. */
export interface Running {
  readonly foundation: Foundation
  readonly stack: AsyncDisposableStack
  /** Where each app answers. */
  readonly addresses: Record<string, string>
  /** The API, made when an app first asks for it. */
  api(): Promise<RequestListener>
  /** Serves the sockets on one more server; they close before it does. */
  attachSockets(server: Server): void
  /** Makes a Fastify app ready, without a port, and closes it when the process stops. */
  handler(app: Promise<FastifyInstance>): Promise<RequestListener>
  /** Listens on the configured host, answers the probes, and notes the address under `app`. */
  serve(app: string, port: number, handler: RequestListener): Promise<Server>
}

export function running(foundation: Foundation, stack: AsyncDisposableStack): Running {
  const { config, core, health } = foundation
  const addresses: Record<string, string> = {}
  const probe = probes(health, config.metricsToken)
  let made: Promise<RequestListener> | undefined
  let sockets: Realtime | undefined
  return {
    foundation,
    stack,
    addresses,
    api: () =>
      (made ??= handler(
        api(core, { publicUrl: config.fixedUrl, trustedProxies: config.trustedProxies }),
        stack,
      )),
    handler: (app) => handler(app, stack),
    attachSockets(server) {
      sockets ??= stack.use(realtime(core, { origins: [new URL(config.publicUrl).origin] }))
      stack.use(sockets.attach(server))
    },
    async serve(app, port, handler) {
      const listener = stack.use(
        await listen(
          (request, response) => {
            if (!probe(request, response)) handler(request, response)
          },
          config.host,
          port,
        ),
      )
      addresses[app] = localUrl(config.host, listener.port)
      return listener.server
    },
  }
}

async function handler(app: Promise<FastifyInstance>, stack: AsyncDisposableStack): Promise<RequestListener> {
  const server = await app
  stack.defer(() => server.close())
  await server.ready()
  return (request, response) => server.routing(request, response)
}
