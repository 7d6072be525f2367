import { CoreError, fromDatabase } from '@rushes/core'
import { wireError, wireStatus } from '@rushes/middleware'
import { logger } from '@rushes/monitoring'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Html } from './html/html.ts'
import { messagePage } from './html/layout.ts'

const log = logger('support')

/** Whether the answer should be JSON: only where the client asks for nothing else. */
export function wantsJson({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('application/json') && !accept.includes('text/html')
}

export function sendPage(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page.toString())
}

export function sendJson(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** A refusal or a fault, as page or JSON; null: there is nothing at this address. Who isn't signed in is shown the way. */
export function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error === null ? new CoreError('not_found') : fromDatabase(error)
  const json = wantsJson(request)
  if (known instanceof CoreError && known.code === 'unauthenticated' && !json)
    return reply.redirect('/sign-in', 303)
  const { status, body, retryAfterSeconds } = wireOf(known, request)
  if (retryAfterSeconds !== null) reply.header('retry-after', retryAfterSeconds)
  if (json) return sendJson(reply, body, status)
  const { title, text } = words(known, status)
  return sendPage(reply, messagePage(null, title, text), status)
}

function wireOf(error: unknown, request: FastifyRequest) {
  if (error instanceof CoreError) return wireError(error)
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) return wireStatus(status, 'The request could not be read')
  log.error('request failed', { request_id: request.id, route: request.routeOptions.url, error })
  return wireStatus(500, 'Internal server error')
}

function words(error: unknown, status: number): { title: string; text: string } {
  if (status === 404) return { title: 'Nothing here', text: 'There is no such page or account.' }
  if (error instanceof CoreError && error.code === 'unavailable')
    return { title: 'Not now', text: 'The database is away. Try again in a moment.' }
  if (error instanceof CoreError && error.message !== error.code)
    return { title: 'Not like this', text: error.message }
  if (status >= 500) return { title: 'Something broke', text: 'It has been logged. Try again in a moment.' }
  return { title: 'Not like this', text: 'The request could not be served.' }
}
