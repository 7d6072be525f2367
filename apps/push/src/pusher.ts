import { logger, metrics } from '@rushes/monitoring'
import { type PushMessage, type PushSubscription, type VapidKeys, webPushRequest } from './web-push.ts'

/** A body over this is refused by push services (RFC 8030 asks for no more than 4,096 bytes). */
const MAX_BYTES = 4096

/**
 * The way out. It must judge where it goes, for an endpoint is whatever a browser, or someone who claims to be one, gave
 * us. It never rejects.
 */
export type PushTransport = (request: {
  url: string
  headers: Record<string, string>
  body: Buffer
}) => Promise<{ ok: boolean; status?: number; retryAfterSeconds?: number }>

export interface PusherConfig {
  vapid: VapidKeys
  /** Whom a push service may write to about us: `mailto:` or `https:`. */
  contact: string
  send: PushTransport
}

export type PushResult =
  | { outcome: 'sent' }
  /** The browser unsubscribed or is no more: forget the subscription. */
  | { outcome: 'gone' }
  /** Not now; try again, at the earliest after so many seconds if the service said. */
  | { outcome: 'later'; afterSeconds?: number }
  /** This message or subscription will never be taken. */
  | { outcome: 'refused' }

export interface Pusher {
  /** What a browser needs to subscribe, its `applicationServerKey`. */
  readonly publicKey: string
  /** Sends one message to one browser and never rejects. */
  push(subscription: PushSubscription, message: PushMessage): Promise<PushResult>
}

const log = logger('push')

/** Web Push to browsers. */
export function createPusher({ vapid, contact, send }: PusherConfig): Pusher {
  return {
    publicKey: vapid.publicKey,
    async push(subscription, message) {
      const result = await attempt(subscription, message)
      metrics.count('push.sent', 1, { channel: 'web', result: result.outcome })
      return result
    },
  }

  async function attempt(subscription: PushSubscription, message: PushMessage): Promise<PushResult> {
    try {
      const request = webPushRequest(subscription, message, { ...vapid, subject: contact })
      if (request.body.length > MAX_BYTES) return { outcome: 'refused' }
      return resultOf(await send(request))
    } catch (error) {
      log.warn('push not made', { error })
      return { outcome: 'refused' }
    }
  }
}

function resultOf({ ok, status, retryAfterSeconds }: Awaited<ReturnType<PushTransport>>): PushResult {
  if (ok) return { outcome: 'sent' }
  if (status === 404 || status === 410) return { outcome: 'gone' }
  if (status !== undefined && status !== 429 && status < 500) return { outcome: 'refused' }
  return retryAfterSeconds === undefined
    ? { outcome: 'later' }
    : { outcome: 'later', afterSeconds: retryAfterSeconds }
}
