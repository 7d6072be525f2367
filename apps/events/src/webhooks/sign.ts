import { createHmac } from 'node:crypto'

/**
 * The value of `X-Frameio-Signature`: `v0=` and the lower-case hex HMAC-SHA256 of `v0:<timestamp>:<body>`, keyed with
 * the webhook's secret as UTF-8. `timestamp` is in epoch seconds; receivers refuse one more than five minutes off, so
 * each try is signed anew (V2 webhooks, "Verify webhook signatures").
 */
export function signWebhook(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}
