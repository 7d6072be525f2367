import type { Sender, SendResult } from './send.ts'
import { signWebhook } from './sign.ts'

/** One try at one endpoint. */
export interface WebhookDelivery {
  url: string
  secret: string
  /** The exact bytes that are signed. */
  body: string
  /** Time of this try, not of the event. */
  at: Date
}

/** Signs and sends one try. Never rejects: what went wrong is in the result, as one of a fixed list of codes. */
export function deliverWebhook(
  sender: Sender,
  { url, secret, body, at }: WebhookDelivery,
): Promise<SendResult> {
  const timestamp = Math.floor(at.getTime() / 1000)
  return sender.send({
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Frame.io API',
      'x-frameio-request-timestamp': String(timestamp),
      'x-frameio-signature': signWebhook(secret, timestamp, body),
    },
  })
}
