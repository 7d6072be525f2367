import type { Core } from '@rushes/core'
import { createServer, mount, type ServerOptions } from '@rushes/middleware'
import type { FastifyInstance } from 'fastify'
import { openapi } from './openapi.ts'
import { blobs } from './routes/blobs.ts'
import { routes } from './routes/index.ts'
import { uploads } from './routes/uploads.ts'

export { routes }

/** The V2 API over Core: a Fastify instance without a port, and without rules of its own. */
export async function api(core: Core, options: Omit<ServerOptions, 'source'>): Promise<FastifyInstance> {
  const server = await createServer({ ...options, source: 'api' })
  mount(server, core, routes, { ...options, source: 'api' })
  await server.register(uploads(core))
  await server.register(blobs(core))
  server.get('/health', async () => ({ status: 'ok' }))
  server.get('/openapi.json', async (request) =>
    openapi(routes, options.publicUrl ?? `${request.protocol}://${request.host}`),
  )
  return server
}
