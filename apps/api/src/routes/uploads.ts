import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream'
import { type Core, CoreError, contextFor, Projects } from '@rushes/core'
import { logger } from '@rushes/monitoring'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { minimumRate } from '../upload/minimum-rate.ts'
import { type S3Error, s3Error, s3Xml } from '../upload/s3-error.ts'

const log = logger('api')
// An answer may leave before the whole body has come; the rest is read for so long, else clients miss the answer.
const DRAIN_MS = 60_000

interface PartRequest {
  Params: { asset_id: string; part: string }
  Querystring: { expires?: string; signature?: string }
}

/**
 * Where clients put the parts of a file: raw bytes of any size and type, streamed to the store, 200 with an ETag, or an
 * error in S3's XML (H10). The signature in the address is all the authority there is.
 */
export function uploads(core: Core) {
  return async (server: FastifyInstance): Promise<void> => {
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', (_request, _payload, done) => done(null))
    server.setErrorHandler((error, request, reply) => refuse(request, reply, error))
    server.put<PartRequest>('/upload/:asset_id/:part', async (request, reply) => {
      const { asset_id: uploadId, part } = request.params
      const { expires = '', signature = '' } = request.query
      const ctx = contextFor(
        core,
        { kind: 'anonymous' },
        { requestId: request.id, source: 'api', ip: request.ip },
      )
      using _watch = minimumRate(request.raw)
      const sent = { size: declaredSize(request), body: bodyOf(request) }
      const { etag } = await Projects.putPart(ctx, { uploadId, part, expires, signature }, sent)
      return reply.header('etag', `"${etag}"`).send()
    })
  }
}

/** Not destroyed when reading stops early: the answer still has to go out on its connection. */
function bodyOf({ raw }: FastifyRequest): AsyncIterable<Uint8Array> {
  return raw.iterator({ destroyOnReturn: false })
}

function declaredSize({ headers }: FastifyRequest): number | null {
  const length = headers['content-length']
  return length === undefined ? null : Number(length)
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { status, ...body } = explain(request, error)
  drain(request.raw)
  return reply.code(status).type('application/xml').send(s3Xml(body))
}

function drain(body: IncomingMessage): void {
  const late = setTimeout(() => body.destroy(), DRAIN_MS)
  finished(body, () => clearTimeout(late))
  body.resume()
}

function explain(request: FastifyRequest, error: unknown): S3Error {
  if (error instanceof CoreError) return s3Error(error)
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status < 500) return { status, code: 'InvalidRequest', message: 'The request is not valid' }
  if (request.raw.errored) log.info('an upload was broken off', { request_id: request.id })
  else log.error('an upload failed', { request_id: request.id, error })
  return { status: 500, code: 'InternalError', message: 'Please try again' }
}
