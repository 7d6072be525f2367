import { Readable } from 'node:stream'
import formbody from '@fastify/formbody'
import { logger, metrics } from '@rushes/monitoring'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import qs from 'qs'
import { makeCall } from './call.ts'
import { type Answer, type Endpoint, TextFile } from './endpoint.ts'
import { LegacyError } from './legacy-error.ts'
import { endpoints } from './routes/index.ts'
import { credentials, type Owners, whose } from './sign-in.ts'
import { v2Client } from './v2/client.ts'
import { chunked, jsonPieces } from './wire/json-pieces.ts'
import { merge } from './wire/parameters.ts'

export { endpoints }

const log = logger('munger')
const BODY_LIMIT = 2 * 2 ** 20

export interface MungerOptions {
  /** Where V2 answers, for example `http://127.0.0.1:8701`. */
  apiUrl: string
  /** Addresses of proxies whose X-Forwarded-For may be believed. */
  trustedProxies?: string[]
  /** Paths of calls that are no longer served, as the route table writes them: `/folders/:id`. */
  retired?: string[]
}

/**
 * The legacy contract on top of V2: a Fastify instance without a port. It holds no data and no rule of its own, knows V2 by
 * HTTP alone, and is meant to be thrown away: every call is logged with its path and client, and can be retired alone.
 */
export async function munger({
  apiUrl,
  trustedProxies = [],
  retired = [],
}: MungerOptions): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    frameworkErrors: (error, request, reply) => void refuse(reply, explain(error, request), false),
    routerOptions: { querystringParser: parseBrackets, ignoreTrailingSlash: true, maxParamLength: 1000 },
  })
  await server.register(formbody, { parser: parseBrackets })
  server.setErrorHandler((error, request, reply) => refuse(reply, explain(error, request), false))
  server.setNotFoundHandler((_request, reply) => refuse(reply.code(404), new LegacyError('Not found'), false))
  server.addHook('onResponse', async (request, reply) => note(request, reply))
  const owners: Owners = new Map()
  for (const endpoint of endpoints) {
    const gone = retired.includes(endpoint.path)
    server.route({
      method: endpoint.methods,
      url: endpoint.path,
      handler: async (request, reply) => {
        try {
          if (gone) throw new LegacyError('This call has been retired')
          return send(reply, await run(endpoint, request, apiUrl, owners))
        } catch (error) {
          return refuse(reply, explain(error, request), endpoint.tellsSuccess)
        }
      },
    })
  }
  return server
}

/** Rack's brackets, `users[0][email]=…`, within bounds. */
function parseBrackets(text: string): Record<string, unknown> {
  return qs.parse(text, { depth: 5, arrayLimit: 1000, parameterLimit: 2000 })
}

function run(endpoint: Endpoint, request: FastifyRequest, apiUrl: string, owners: Owners): Promise<Answer> {
  const params = merge(request.params, request.query, request.body)
  const who = credentials(params, request.headers.authorization)
  const traceparent = request.headers.traceparent
  const v2 = v2Client(apiUrl, {
    token: endpoint.open ? null : who.token,
    ip: request.ip,
    traceparent: typeof traceparent === 'string' ? traceparent : null,
  })
  const asPerson = async (userId: string) => endpoint.run(makeCall(params, v2, userId))
  return endpoint.open ? asPerson('') : whose(who, v2, owners).then(asPerson)
}

const JSON_TYPE = 'application/json; charset=utf-8'

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  if (answer === true) return reply.type(JSON_TYPE).send('{"success":true}')
  if (answer instanceof TextFile)
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}`)
      .send(answer.content)
  return reply.type(JSON_TYPE).send(Readable.from(chunked(jsonPieces(answer))))
}

function refuse(reply: FastifyReply, error: LegacyError, tellsSuccess: boolean): FastifyReply {
  if (reply.statusCode === 200) reply.code(error.status)
  if (error.retryAfter !== null) reply.header('retry-after', error.retryAfter)
  const body = { errors: error.errors, ...(error.key !== null && { error_key: error.key }) }
  return reply.type(JSON_TYPE).send(JSON.stringify(tellsSuccess ? { success: false, ...body } : body))
}

function explain(error: unknown, request: FastifyRequest): LegacyError {
  if (error instanceof LegacyError) return error
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status < 500) return new LegacyError('The request could not be read')
  log.error('call failed', { call: request.routeOptions.url, error })
  return new LegacyError('Internal server error', { status: 500 })
}

function note(request: FastifyRequest, reply: FastifyReply): void {
  const call = request.routeOptions.url ?? 'none'
  log.info('legacy call', { call, status: reply.statusCode, user_agent: request.headers['user-agent'] })
  metrics.timing('munger.call.duration', reply.elapsedTime / 1000, { route: call })
}
