import { createDecipheriv, type ECDH, hkdfSync } from 'node:crypto'

/** A browser's half of a subscription. */
export interface Recipient {
  keys: ECDH
  publicKey: Buffer
  auth: Buffer
}

/**
 * The text of a push message as the browser reads it: one `aes128gcm` record (RFC 8188) under the key that both sides
 * derive (RFC 8291, 3.4). Throws when it was encrypted for someone else or changed on the way.
 */
export function decryptPush(body: Buffer, { keys, publicKey, auth }: Recipient): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + body[20]!)
  const record = body.subarray(21 + sender.length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
  const secret = hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32)
  const derive = (name: string, length: number) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${name}\0`, length))
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}
