import { isKey } from '../keys.ts'
import type { Signer } from './signer.ts'

const hourSeconds = 60 * 60
const lifetimeSeconds = 12 * hourSeconds

/**
 * Leave to read one object, or everything below a prefix that ends with `/`: one path segment in front of the key, so that
 * relative addresses inside an HLS playlist carry it along. Good for 12 to 13 hours; the same within an hour, so that
 * browsers find what they have cached. `now` is in milliseconds.
 */
export function mediaGrant(signer: Signer, scope: string, now: number): string {
  const hour = Math.floor(now / 1000 / hourSeconds) + 1
  const expires = hour * hourSeconds + lifetimeSeconds
  const depth = scope.endsWith('/') ? scope.split('/').length - 1 : 0
  return `${expires.toString(36)}.${depth}.${signer.sign(message(scope, expires))}`
}

/**
 * The path of an object: `/media/<grant>/<key>`. `key` must lie in the grant's scope. With `filename` it is saved under that
 * name instead of shown; the name isn't signed, since no name makes an answer less safe.
 */
export function mediaPath(grant: string, key: string, filename?: string): string {
  const query = filename === undefined ? '' : `?filename=${encodeURIComponent(filename.toWellFormed())}`
  return `/media/${grant}/${key}${query}`
}

/** The unix second until which `grant` opens `key`; null when it doesn't. */
export function verifyMedia(signer: Signer, grant: string, key: string, now: number): number | null {
  const [, expiresText = '', depthText = '', signature = ''] =
    /^([0-9a-z]{1,9})\.(\d)\.(.{1,128})$/.exec(grant) ?? []
  const expires = Number.parseInt(expiresText, 36)
  const depth = Number(depthText)
  const scope = depth === 0 ? key : `${key.split('/').slice(0, depth).join('/')}/`
  const inside = isKey(key) && (depth === 0 || key.split('/').length > depth)
  if (!(expires * 1000 > now) || !inside || !signer.verify(message(scope, expires), signature)) return null
  return expires
}

function message(scope: string, expires: number): string {
  return `GET\n/media/${scope}\n${expires}`
}
