import { createPublicKey, verify } from 'node:crypto'

const DAY = 24 * 3600

/**
 * What is wrong with the `Authorization` of a push request, if anything: a token that the key in it did not sign with
 * ES256, that is for another service, that has run out or runs longer than a day, or that names no contact (RFC 8292).
 */
export function vapidProblem(authorization: string, origin: string): string | undefined {
  const { t: token, k: key } = Object.fromEntries(
    authorization
      .replace(/^vapid /, '')
      .split(/,\s*/)
      .map((part) => [part.slice(0, 1), part.slice(2)]),
  ) as { t?: string; k?: string }
  const [head, claims, signature, ...more] = token?.split('.') ?? []
  if (!authorization.startsWith('vapid ') || !head || !claims || !signature || more.length > 0 || !key)
    return 'no token'
  if (decode(head).alg !== 'ES256' || !isSigned(`${head}.${claims}`, signature, key)) return 'bad signature'
  const { aud, exp, sub } = decode(claims)
  const left = Number(exp) - Date.now() / 1000
  if (aud !== origin) return 'for another service'
  if (!(left > 0 && left <= DAY)) return 'out of time'
  return /^(mailto:|https:)/.test(String(sub)) ? undefined : 'no contact'
}

function isSigned(text: string, signature: string, key: string) {
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  if (point.length !== 65 || x === undefined || y === undefined) return false
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  const given = Buffer.from(signature, 'base64url')
  return verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, given)
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
