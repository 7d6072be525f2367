import { readFile } from 'node:fs/promises'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import { logger, metrics } from '@rushes/monitoring'
import fastify, { type FastifyInstance } from 'fastify'
import { fail } from './fail.ts'

export interface SupportOptions {
  /** Addresses of proxies whose X-Forwarded-* may be believed. */
  trustedProxies: string[]
}

const log = logger('support')
const BODY_LIMIT = 16 * 1024

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** A Fastify server for pages without scripts, which nobody may frame, keep or link from. */
export async function createServer({ trustedProxies }: SupportOptions): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
  })
  await server.register(cookie)
  await server.register(formbody)
  server.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value)
    reply.header('x-request-id', request.id)
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    log.info('request', { route, status: reply.statusCode, request_id: request.id })
    metrics.timing('support.request.duration', reply.elapsedTime / 1000, { route })
  })
  server.setErrorHandler((error, request, reply) => fail(error, request, reply))
  server.setNotFoundHandler((request, reply) => fail(null, request, reply))
  const style = await readFile(new URL('./support.css', import.meta.url))
  server.get('/support.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style),
  )
  return server
}
