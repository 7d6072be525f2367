import { createHash } from 'node:crypto'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import multipart from '@fastify/multipart'
import { type Core, CoreError, type Ctx, contextFor, fromDatabase, type Page } from '@rushes/core'
import { logger, metrics } from '@rushes/monitoring'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { ZodError } from 'zod'
import { actorOf } from './credentials.ts'
import { pageHeaders } from './page-headers.ts'
import { nest, parseJson, withoutNulls } from './parse-body.ts'
import type { Route } from './route.ts'
import { type WireError, wireError, wireStatus } from './wire-error.ts'

const log = logger('http')
const MIB = 2 ** 20

export interface ServerOptions {
  /** Scheme and host that URLs in answers start with; null: whatever host the request came to. */
  publicUrl: string | null
  /** Addresses of proxies whose X-Forwarded-* may be believed. */
  trustedProxies: string[]
  /** Where requests come from, for audits: `api`, `support`… */
  source: string
}

/** A Fastify server that speaks V2's conventions; routes are added with `mount`. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: 2 * MIB,
    trustProxy: options.trustedProxies.length > 0 ? options.trustedProxies : false,
    genReqId: () => crypto.randomUUID(),
    requestTimeout: 60_000,
    routerOptions: {
      querystringParser: (text) => nest(new URLSearchParams(text)),
      ignoreTrailingSlash: true,
    },
    forceCloseConnections: true,
    // An address that can't be decoded names nothing; the framework's own answer is a 400 (H7).
    frameworkErrors: (_error, _request, reply) => void refuse(reply, wireError(new CoreError('not_found'))),
  })
  // H4: clients send JSON bodies with GET and DELETE too.
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  server.addHttpMethod('DELETE', { hasBody: true, overrideExisting: true })
  await server.register(cookie)
  await server.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
    exposedHeaders: [
      'link',
      'total',
      'per-page',
      'total-pages',
      'page-number',
      'x-project-seq',
      'x-request-id',
      'etag',
      'retry-after',
    ],
  })
  await server.register(multipart, { limits: { files: 0, fields: 100, fieldSize: MIB } })
  addParsers(server)
  server.setErrorHandler((error: FastifyError, request, reply) => refuse(reply, wireOf(error, request)))
  server.setNotFoundHandler((_request, reply) => refuse(reply, wireError(new CoreError('not_found'))))
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('x-content-type-options', 'nosniff')
  })
  server.addHook('onResponse', async (request, reply) => {
    metrics.timing('http.request.duration', reply.elapsedTime / 1000, {
      route: request.routeOptions.url ?? 'none',
      status: `${Math.floor(reply.statusCode / 100)}xx`,
    })
  })
  return server
}

function addParsers(server: FastifyInstance): void {
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseJson(body),
  )
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => nest(new URLSearchParams(body)),
  )
}

/** Adds routes; each answers JSON, parsed, allowed and rendered as its entry says. */
export function mount(server: FastifyInstance, core: Core, routes: Route[], options: ServerOptions): void {
  for (const route of routes)
    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => serve(core, route, options, request, reply),
    })
}

async function serve(
  core: Core,
  route: Route,
  options: ServerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const input = await readInput(request)
  const ctx = contextFor(core, await actorOf(core, request), {
    requestId: request.id,
    source: options.source,
    ip: request.ip,
    traceparent: header(request, 'traceparent'),
    idempotency: idempotencyOf(request, input),
  })
  const base = options.publicUrl ?? `${request.protocol}://${request.host}`
  const answer = await route.answer(ctx, input, { core, ctx, base }, { request, reply })
  if (!route.list) return send(reply, answer)
  const page = answer as Page<unknown>
  reply.headers(pageHeaders(page, new URL(request.url, base), request.method))
  return send(reply, page.rows)
}

/** Serialised here: JSON.rawJSON numbers (`100.0`) must survive, and Fastify would look for a schema. */
function send(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** Path, query and body as one: the query wins over the body (H4), the path over both. */
async function readInput(request: FastifyRequest): Promise<Record<string, unknown>> {
  const body = request.isMultipart() ? await readFields(request) : request.body
  return withoutNulls({
    ...(body as object | null),
    ...(request.query as object),
    ...(request.params as object),
  })
}

async function readFields(request: FastifyRequest): Promise<Record<string, unknown>> {
  const pairs: [string, unknown][] = []
  try {
    for await (const part of request.parts())
      if (part.type === 'field') pairs.push([part.fieldname, part.value])
  } catch (error) {
    // The parser's own complaints (no boundary, a form cut short) come without a status.
    if (error instanceof Error && 'statusCode' in error) throw error
    throw new CoreError('invalid', { detail: 'The body is not a form', cause: error })
  }
  return nest(pairs)
}

function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

function idempotencyOf(request: FastifyRequest, input: Record<string, unknown>): Ctx['idempotency'] {
  const key = header(request, 'idempotency-key')
  if (request.method !== 'POST' || key === null) return null
  if (key.length < 1 || key.length > 255)
    throw new CoreError('invalid', { problems: [{ field: 'idempotency-key', detail: 'is too long' }] })
  const requestHash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(input)}`)
    .digest()
  return { key, requestHash }
}

function refuse(reply: FastifyReply, { status, body, retryAfterSeconds }: WireError): FastifyReply {
  if (retryAfterSeconds !== null) reply.header('retry-after', retryAfterSeconds)
  return send(reply.code(status), body)
}

function wireOf(error: unknown, request: FastifyRequest): WireError {
  const known = fromDatabase(error)
  if (known instanceof CoreError) return wireError(known)
  if (known instanceof ZodError) return wireError(fromZod(known))
  const status = known instanceof Error && 'statusCode' in known ? Number(known.statusCode) : 500
  if (status === 413) return wireStatus(413, 'Payload too large')
  if (status === 415) return wireStatus(415, 'Unsupported media type')
  if (status >= 400 && status < 500) return wireError(new CoreError('invalid'))
  log.error('request failed', { request_id: request.id, route: request.routeOptions.url, error: known })
  return wireStatus(500, 'Internal server error')
}

function fromZod(error: ZodError): CoreError {
  const problems = error.issues.map((issue) => {
    const field = issue.path.join('.') || 'body'
    return { field, detail: `${field} is invalid: ${issue.message}` }
  })
  return new CoreError('invalid', { problems })
}
