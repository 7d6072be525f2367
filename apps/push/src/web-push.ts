import { createHash } from 'node:crypto'
import webPush from 'web-push'

/** Who we are to push services (RFC 8292): a P-256 key pair as unpadded base64url, made once an installation. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** A browser's subscription as `PushSubscription.toJSON()` gives it. */
export interface PushSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

export interface PushMessage {
  title: string
  body: string
  /** What a press on the notification opens. */
  url: string
  /** Messages with the same tag, for example an asset's id, replace each other while undelivered and on the screen. */
  tag?: string
  /** How long the push service tries; a day when absent. */
  ttlSeconds?: number
  urgency?: 'low' | 'normal' | 'high'
}

/** A new pair of keys. Changing them invalidates every subscription made with the old ones. */
export function createVapidKeys(): VapidKeys {
  return webPush.generateVAPIDKeys()
}

/** The encrypted, signed request (RFC 8291, 8292, 8030). Throws on keys that no browser gives. */
export function webPushRequest(
  { endpoint, keys }: PushSubscription,
  { ttlSeconds = 86_400, urgency = 'normal', ...message }: PushMessage,
  vapidDetails: VapidKeys & { subject: string },
) {
  const payload = { ...message, title: cut(message.title, 100), body: cut(message.body, 300) }
  const { body, headers } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(payload), {
    vapidDetails,
    urgency,
    TTL: ttlSeconds,
    ...(message.tag === undefined ? {} : { topic: topic(message.tag) }),
  })
  const { 'Content-Length': _length, ...wanted } = headers
  const text = Object.entries(wanted).map(([name, value]): [string, string] => [name, String(value)])
  return { url: endpoint, body, headers: Object.fromEntries(text) }
}

/** A topic is at most 32 characters of base64url (RFC 8030, 5.4), so a tag is hashed into one. */
function topic(tag: string) {
  return createHash('sha256').update(tag).digest('base64url').slice(0, 32)
}

/** Keeps the whole within the 4,096 bytes that every push service takes. */
function cut(text: string, max: number) {
  const chars = [...text]
  return chars.length <= max ? text : `${chars.slice(0, max - 1).join('')}…`
}
