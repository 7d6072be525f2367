import { StorageError } from './errors.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const name = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/
const deepest = 6

/** The key of an uploaded file. */
export function originalKey(assetId: string): string {
  return checkKey(`originals/${assetId}`)
}

/** The key of something made from an upload. `path` is one or more names, as in `hls/720/init.mp4`. */
export function renditionKey(assetId: string, path: string): string {
  return checkKey(`renditions/${assetId}/${path}`)
}

/** The prefix of everything made from an upload. */
export function renditionPrefix(assetId: string): string {
  return checkPrefix(`renditions/${assetId}/`)
}

/** Returns `key` when it is one this system makes, which also means that it can't climb out of the store. Else throws `invalid_key`. */
export function checkKey(key: string): string {
  if (!isKey(key)) throw new StorageError('invalid_key', 'invalid key')
  return key
}

/** True for a key that this system makes. */
export function isKey(key: string): boolean {
  const [kind, id, ...names] = key.split('/')
  const shape = kind === 'originals' ? names.length === 0 : kind === 'renditions' && names.length > 0
  return shape && isUuid(id ?? '') && areNames(names)
}

/** Returns `prefix` when keys can start with it: `originals/`, `renditions/`, or a rendition's folder. Else throws `invalid_key`. */
export function checkPrefix(prefix: string): string {
  if (prefix === 'originals/' || prefix === 'renditions/') return prefix
  const [kind, id, ...names] = prefix.slice(0, -1).split('/')
  if (!prefix.endsWith('/') || kind !== 'renditions' || !isUuid(id ?? '') || !areNames(names))
    throw new StorageError('invalid_key', 'invalid prefix')
  return prefix
}

/** Returns the id of an upload when it is a lower-case UUID. Else throws `invalid_key`. */
export function checkUploadId(id: string): string {
  if (!isUuid(id)) throw new StorageError('invalid_key', 'invalid upload id')
  return id
}

/** True for a lower-case UUID. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}

function areNames(names: string[]): boolean {
  return names.length <= deepest && names.every((one) => name.test(one))
}
