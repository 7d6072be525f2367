import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_LENGTH = 43
const CHECK_LENGTH = 6

/** What a token opens, told by its prefix: developer tokens look as Frame.io's (`fio-u-…`). */
export type TokenKind = 'developer' | 'session' | 'guest' | 'mail'

const prefixes: Record<TokenKind, string> = {
  developer: 'fio-u-',
  session: 'rss-',
  guest: 'rsg-',
  mail: 'rsm-',
}

/** A random base62 code of `length` characters (5.95 bits each); 22 are more than 128 bits. */
export function newCode(length: number): string {
  let code = ''
  while (code.length < length)
    // 248 is the largest multiple of 62 in a byte: taking more would favour the first letters.
    for (const byte of randomBytes(length * 2))
      if (byte < 248 && code.length < length) code += ALPHABET[byte % 62]
  return code
}

/** A new opaque token: prefix, 256 random bits, and a checksum that lets a typing error be refused without a look-up. */
export function newToken(kind: TokenKind): string {
  const body = prefixes[kind] + newCode(SECRET_LENGTH)
  return body + check(body)
}

/** The kind of a well-formed token, or null. Says nothing of whether it was ever issued. */
export function checkToken(token: string): TokenKind | null {
  const body = token.slice(0, -CHECK_LENGTH)
  if (token !== body + check(body)) return null
  const kinds = Object.keys(prefixes) as TokenKind[]
  return kinds.find((kind) => body.startsWith(prefixes[kind])) ?? null
}

function check(body: string): string {
  let rest = crc32(body)
  let digits = ''
  for (let i = 0; i < CHECK_LENGTH; i++) {
    digits += ALPHABET[rest % 62]
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** What is stored of a token: SHA-256 is enough for 256 random bits, and quick enough for every request. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
