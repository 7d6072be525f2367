import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Health, metricsText } from '@rushes/monitoring'

/** Answers `/live`, `/ready` and `/metrics`; false for every other path. */
export type Probes = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * What supervisors and metrics servers ask of a process. `/metrics` is for who sends the token, and without one for programs
 * on this machine that no proxy speaks for.
 */
export function probes(health: Health, metricsToken: string | undefined): Probes {
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>> = {
    '/live': async (_request, response) => send(response, 200, JSON.stringify(health.live())),
    '/ready': async (_request, response) => {
      const readiness = await health.ready()
      send(response, readiness.status === 'ok' ? 200 : 503, JSON.stringify(readiness))
    },
    '/metrics': async (request, response) => {
      if (!mayMeasure(request, metricsToken)) return send(response, 404, '{"message":"Not found"}')
      send(response, 200, await metricsText(), 'text/plain; version=0.0.4; charset=utf-8')
    },
  }
  return (request, response) => {
    const answer = answers[(request.url ?? '').split('?')[0] ?? '']
    if (!answer) return false
    answer(request, response).catch(() => send(response, 500, '{"message":"Internal server error"}'))
    return true
  }
}

function mayMeasure({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) return same(headers.authorization ?? '', `Bearer ${token}`)
  const near = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')
  return near && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function send(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
