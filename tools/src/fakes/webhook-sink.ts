import { createHmac, timingSafeEqual } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { listen } from './listen.ts'

export interface ReceivedWebhook {
  body: string
  event: { type: string; resource: { id: string; type: string } }
  headers: NodeJS.Dict<string | string[]>
}

/**
 * An endpoint that receives webhooks as an integrator's would: it refuses (401) a signature that is not the secret's and
 * a timestamp more than five minutes off. `answer` may be set to make it fail.
 */
export async function webhookSink(secret: () => string) {
  const received: ReceivedWebhook[] = []
  const waiting = new Set<() => void>()
  const sink = { answer: 200 }
  const server = await listen(async (request, response) => {
    const body = await buffer(request)
    if (!isGenuine(secret(), request.headers, body)) return response.writeHead(401).end()
    if (sink.answer >= 300) return response.writeHead(sink.answer).end()
    received.push({ body: String(body), event: JSON.parse(String(body)), headers: request.headers })
    for (const wake of waiting) wake()
    return response.writeHead(sink.answer).end()
  })
  return Object.assign(sink, {
    url: `${server.url}/hook`,
    received,
    /** The first received webhook that fits, as soon as there is one. */
    async waitFor(fits: (webhook: ReceivedWebhook) => boolean): Promise<ReceivedWebhook> {
      for (;;) {
        const found = received.find(fits)
        if (found !== undefined) return found
        const { promise, resolve } = Promise.withResolvers<void>()
        waiting.add(resolve)
        await promise
        waiting.delete(resolve)
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  })
}

function isGenuine(secret: string, headers: NodeJS.Dict<string | string[]>, body: Buffer) {
  const timestamp = String(headers['x-frameio-request-timestamp'])
  const given = Buffer.from(String(headers['x-frameio-signature']))
  const expected = Buffer.from(
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`,
  )
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected)
}
