import { type Core, Projects } from '@rushes/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { attachment } from '../media/attachment.ts'
import { contentTypeOf } from '../media/content-type.ts'

interface BlobRequest {
  Params: { grant: string; '*': string }
  Querystring: { filename?: unknown }
}

// Should a browser ever take uploaded bytes for a page, nothing in it runs and nothing belongs to this origin.
const policy = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"

/**
 * Originals and renditions, by signed links, whole or one byte range of them (v2 section 5.5). The link is all the authority
 * there is, so any page may play what it was given: a player on another origin reads it too.
 */
export function blobs(core: Core) {
  return async (server: FastifyInstance): Promise<void> => {
    server.route<BlobRequest>({
      method: ['GET', 'HEAD'],
      url: '/media/:grant/*',
      exposeHeadRoute: false,
      handler: (request, reply) => serve(core, request, reply),
    })
  }
}

async function serve(core: Core, request: FastifyRequest<BlobRequest>, reply: FastifyReply) {
  const { grant, '*': key } = request.params
  const blob = await Projects.openBlob({ core }, { grant, key }, askedRange(request))
  const etag = `"${blob.stat.etag}"`
  reply.headers({ ...describe(blob), ...presentation(key, request.query.filename), etag })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return sendBytes(reply, blob, request.method)
}

/** A Range means something to GET alone (RFC 9110 section 14.2). */
function askedRange({ method, headers }: FastifyRequest) {
  return method === 'GET' ? { range: headers.range, ifRange: headers['if-range']?.toString() } : {}
}

function describe({ stat, expires }: Projects.OpenBlob) {
  return {
    'last-modified': stat.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${Math.max(0, expires - Math.ceil(Date.now() / 1000))}, immutable`,
    'cross-origin-resource-policy': 'cross-origin',
    'content-security-policy': policy,
  }
}

/** Shown under its own type, or saved under the name in the address; an original is saved in any case. */
function presentation(key: string, filename: unknown) {
  if (typeof filename !== 'string' && !key.startsWith('originals/'))
    return { 'content-type': contentTypeOf(key) }
  const name = typeof filename === 'string' ? filename : ''
  return { 'content-type': contentTypeOf(name), 'content-disposition': attachment(name) }
}

async function sendBytes(reply: FastifyReply, { stat, range, read }: Projects.OpenBlob, method: string) {
  if (range === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${stat.size}`).type('text/plain').send('')
  const length = range === 'whole' ? stat.size : range.end - range.start + 1
  reply.header('content-length', length)
  if (range !== 'whole')
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${stat.size}`)
  return reply.send(method === 'HEAD' || length === 0 ? '' : await read())
}
