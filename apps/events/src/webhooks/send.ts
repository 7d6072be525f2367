import { checkOutboundUrl } from '@rushes/core'
import { Agent, request } from 'undici'
import { failureCode, type SendFailure } from './failure.ts'
import { checkedLookup, type Resolve, resolveName } from './lookup.ts'

export type { SendFailure } from './failure.ts'

export interface SenderConfig {
  /** Lets URLs with a loopback host through, over http and on any port: for a sink beside a development server. */
  allowInsecureLoopback?: boolean
  /** For everything together: name, connection, answer and its body. */
  timeoutMs?: number
  /** Longest answer that is read. */
  maxBytes?: number
  resolve?: Resolve
}

/** A POST on behalf of a user. */
export interface Outbound {
  url: string
  body: string | Buffer
  headers: Record<string, string>
}

export type SendResult =
  | { ok: true; status: number; body: string; seconds: number }
  | {
      ok: false
      code: SendFailure
      status?: number
      /** How long the other side asked us to wait (`Retry-After`), at most a day. */
      retryAfterSeconds?: number
      seconds: number
    }

export interface Sender extends AsyncDisposable {
  /** Sends once and never rejects. The answer's body is given only for 2xx: other text may be an inner host's. */
  send(outbound: Outbound): Promise<SendResult>
}

/**
 * Opens the way out to addresses that users name. It connects only to public addresses that it judged itself, follows
 * no redirect, unpacks nothing, and gives up after `timeoutMs` or `maxBytes`.
 */
export function createSender(config: SenderConfig = {}): Sender {
  const {
    allowInsecureLoopback = false,
    timeoutMs = 10_000,
    maxBytes = 100_000,
    resolve = resolveName,
  } = config
  const agent = new Agent({
    connect: { lookup: checkedLookup(resolve, allowInsecureLoopback), timeout: timeoutMs },
    connections: 16,
    allowH2: false,
    maxResponseSize: maxBytes,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  return {
    async send({ url, body, headers }) {
      const start = performance.now()
      const seconds = () => (performance.now() - start) / 1000
      const check = checkOutboundUrl(url, { allowInsecureLoopback })
      if (!check.ok)
        return {
          ok: false,
          code: check.reason === 'blocked_address' ? 'blocked_address' : 'blocked_url',
          seconds: seconds(),
        }
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        const answer = await request(check.url, { method: 'POST', body, headers, dispatcher: agent, signal })
        const status = answer.statusCode
        if (status >= 200 && status < 300)
          return { ok: true, status, body: await answer.body.text(), seconds: seconds() }
        answer.body.on('error', () => {}).destroy()
        const code = status >= 300 && status < 400 ? 'redirect' : 'status'
        return { ok: false, code, status, ...retryAfter(answer.headers['retry-after']), seconds: seconds() }
      } catch (error) {
        return { ok: false, code: failureCode(error), seconds: seconds() }
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}

function retryAfter(header: string | string[] | undefined) {
  const seconds = Number(header)
  return header !== undefined && seconds >= 0 ? { retryAfterSeconds: Math.min(seconds, 86_400) } : {}
}
