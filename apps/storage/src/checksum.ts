import { createHash } from 'node:crypto'
import xxhash from 'xxhash-wasm'
import type { BlobStore } from './blob-store.ts'

const xxhashes = xxhash()

/** A hash to feed chunk by chunk. */
export interface RunningHash {
  update(chunk: Uint8Array): void
  /** Lower-case hex. */
  digest(): string
}

/** XXH64 with seed 0; its digest has 16 digits, zero-padded. */
export async function xxh64(): Promise<RunningHash> {
  const hash = (await xxhashes).create64()
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => hash.digest().toString(16).padStart(16, '0'),
  }
}

export interface Checksums {
  /** 64 lower-case hex digits. */
  sha256: string
  /** 16 lower-case hex digits, the form in which clients check their downloads. */
  xxHash: string
}

/** Both checksums of an object in one pass over its bytes. Throws `not_found`. Takes seconds a gigabyte: not for the path of a request. */
export async function checksum(store: BlobStore, key: string): Promise<Checksums> {
  const sha256 = createHash('sha256')
  const fast = await xxh64()
  for await (const chunk of await store.open(key)) {
    sha256.update(chunk)
    fast.update(chunk)
  }
  return { sha256: sha256.digest('hex'), xxHash: fast.digest() }
}

/** The etag that `putPart` would give a body, without keeping it. */
export async function partEtag(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = await xxh64()
  for await (const chunk of body) hash.update(chunk)
  return hash.digest()
}
