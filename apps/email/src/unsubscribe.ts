import { createHmac, timingSafeEqual } from 'node:crypto'

/** Who no longer wants what: the scope is Core's word, for example `project:<id>` or `all`. */
export interface Subscription {
  userId: string
  scope: string
}

/**
 * The token of an unsubscribe link. It never expires, for an old mail must still be able to stop new ones. `keys` maps
 * key ids to secrets; the first signs.
 */
export function unsubscribeToken(keys: Record<string, string>, { userId, scope }: Subscription): string {
  const [kid] = Object.keys(keys)
  if (kid === undefined) throw new Error('no key to sign unsubscribe links with')
  const claim = [kid, userId, scope].map((part) => Buffer.from(part).toString('base64url')).join('.')
  return `${claim}.${sign(keys[kid]!, claim)}`
}

/** What the token of an unsubscribe link says, or undefined when we did not sign it with one of `keys`. */
export function readUnsubscribeToken(keys: Record<string, string>, token: string): Subscription | undefined {
  const parts = token.split('.')
  if (parts.length !== 4 || token.length > 2048) return undefined
  const [kid, userId, scope] = parts.slice(0, 3).map((part) => Buffer.from(part, 'base64url').toString())
  const secret = Object.hasOwn(keys, kid!) ? keys[kid!] : undefined
  if (secret === undefined) return undefined
  const expected = Buffer.from(sign(secret, parts.slice(0, 3).join('.')))
  const given = Buffer.from(parts[3]!)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  return { userId: userId!, scope: scope! }
}

function sign(secret: string, claim: string) {
  return createHmac('sha256', secret).update(`unsubscribe:${claim}`).digest('base64url')
}
