import { createECDH, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { listen } from './listen.ts'
import { decryptPush, type Recipient } from './push-decrypt.ts'
import { vapidProblem } from './push-vapid.ts'

export interface ReceivedPush {
  payload: string
  ttl: number
  urgency: string | undefined
  topic: string | undefined
}

/**
 * A push service with its browsers. It refuses what a real one would (a bad or stale VAPID token 403, a missing TTL 400, a
 * body over 4,096 bytes 413, an unknown subscription 410) and decrypts the rest as the browser does, which proves that the
 * payload can be read by whom it is meant for (400 when not, which a real service could not tell). `answers` are given to the next requests instead of 201.
 */
export async function pushService() {
  const received: ReceivedPush[] = []
  const answers: { status: number; headers?: Record<string, string> }[] = []
  const subscribers = new Map<string, Recipient>()
  const server = await listen(async (request, response) => {
    const body = await buffer(request)
    const recipient = subscribers.get(String(request.url))
    const refused = recipient === undefined ? 410 : refusal(server.url, request, body)
    const push = recipient && refused === undefined ? readPush(request, body, recipient) : undefined
    if (push === undefined) return response.writeHead(refused ?? 400).end()
    const answer = answers.shift() ?? { status: 201 }
    if (answer.status < 300) received.push(push)
    return response.writeHead(answer.status, answer.headers).end()
  })
  return {
    url: server.url,
    received,
    answers,
    /** A browser subscribes: what it would send to us. */
    subscribe() {
      const keys = createECDH('prime256v1')
      const recipient = { keys, publicKey: keys.generateKeys(), auth: randomBytes(16) }
      const path = `/push/${randomBytes(16).toString('base64url')}`
      subscribers.set(path, recipient)
      return {
        endpoint: `${server.url}${path}`,
        keys: {
          p256dh: recipient.publicKey.toString('base64url'),
          auth: recipient.auth.toString('base64url'),
        },
      }
    },
    /** The browser with this endpoint is no more. */
    unsubscribe(endpoint: string) {
      subscribers.delete(new URL(endpoint).pathname)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function refusal(origin: string, { method, headers }: IncomingMessage, body: Buffer) {
  if (method !== 'POST') return 405
  if (vapidProblem(String(headers.authorization), origin) !== undefined) return 403
  if (!/^\d+$/.test(String(headers.ttl)) || headers['content-encoding'] !== 'aes128gcm') return 400
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(String(headers.topic))) return 400
  return body.length > 4096 ? 413 : undefined
}

function readPush(
  { headers }: IncomingMessage,
  body: Buffer,
  recipient: Recipient,
): ReceivedPush | undefined {
  try {
    return {
      payload: decryptPush(body, recipient),
      ttl: Number(headers.ttl),
      urgency: headers.urgency?.toString(),
      topic: headers.topic?.toString(),
    }
  } catch {
    return undefined
  }
}
