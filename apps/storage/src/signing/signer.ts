import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'

/** Signs with the `current` key and accepts every key that is listed, so that a key can be replaced while URLs signed with it live. */
export interface SigningKeys {
  /** The id of the key to sign with: letters and digits. */
  current: string
  /** Secrets by id, 32 characters or more. */
  secrets: Readonly<Record<string, string>>
}

export interface Signer {
  /** `<key id>.<HMAC-SHA256, base64url>`: safe as a path segment and in a query. */
  sign(message: string): string
  /** Takes the same time wherever the signature differs. */
  verify(message: string, signature: string): boolean
}

/** Throws when the keys can't sign: an unknown current key, an id or a secret that is too weak to use. */
export function createSigner({ current, secrets }: SigningKeys): Signer {
  const keys = new Map(Object.entries(secrets).map(([id, secret]) => [checkId(id), checkSecret(secret)]))
  const key = keys.get(current)
  if (!key) throw new Error(`no signing key ${current}`)
  return {
    sign: (message) => `${current}.${hmac(key, message).toString('base64url')}`,
    verify(message, signature) {
      const dot = signature.indexOf('.')
      const used = keys.get(signature.slice(0, dot))
      if (!used) return false
      const given = Buffer.from(signature.slice(dot + 1), 'latin1')
      const expected = Buffer.from(hmac(used, message).toString('base64url'), 'latin1')
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}

function hmac(key: KeyObject, message: string): Buffer {
  return createHmac('sha256', key).update(message).digest()
}

function checkId(id: string): string {
  if (!/^[A-Za-z0-9]{1,32}$/.test(id)) throw new Error('a signing key id is 1 to 32 letters and digits')
  return id
}

function checkSecret(secret: string): KeyObject {
  if (secret.length < 32) throw new Error('a signing secret has 32 characters or more')
  return createSecretKey(secret, 'utf8')
}
