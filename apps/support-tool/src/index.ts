import type { Core } from '@rushes/core'
import type { FastifyInstance } from 'fastify'
import { addLooks } from './looks.ts'
import { createServer, type SupportOptions } from './server.ts'
import { addSession } from './session.ts'

export type { SupportOptions }

/**
 * The Support Tool over Core: pages and JSON for staff, on a host or port of its own. A Fastify instance without a port. It only
 * reads, and each look is in the log with who and why before anything is shown.
 */
export async function supportTool(core: Core, options: SupportOptions): Promise<FastifyInstance> {
  const server = await createServer(options)
  addSession(server, core)
  addLooks(server, core)
  return server
}
