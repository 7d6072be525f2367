import type { FileHandle } from 'node:fs/promises'
import { xxh64 } from '../checksum.ts'
import { StorageError } from '../errors.ts'

// One batch is written while the next is read, so a body holds at most twice this in memory.
const BATCH_BYTES = 256 * 1024
const BATCH_CHUNKS = 256

export interface Written {
  size: number
  /** XXH64 of the bytes, 16 lower-case hex digits. */
  xxHash: string
}

/**
 * Writes a body into an open file from `offset` on and syncs it; reads no faster than the disk writes. Throws `too_large` at
 * the first byte past `limit`. However it ends, no write of its is under way afterwards.
 */
export async function writeBody(
  file: FileHandle,
  body: AsyncIterable<Uint8Array>,
  { offset, limit }: { offset: number; limit: number },
): Promise<Written> {
  const hash = await xxh64()
  let size = 0
  let batch: Uint8Array[] = []
  let batched = 0
  let writing = Promise.resolve()
  async function flush() {
    await writing
    writing = writeFully(file, batch, offset + size - batched)
    // Its failure is thrown by the next await; until then it must not count as unhandled.
    writing.catch(() => {})
    batch = []
    batched = 0
  }
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) throw new StorageError('too_large', `more than ${limit} bytes`)
      hash.update(chunk)
      batched += batch.push(chunk) && chunk.length
      if (batched >= BATCH_BYTES || batch.length >= BATCH_CHUNKS) await flush()
    }
    await flush()
    await writing
  } finally {
    await writing.catch(() => {})
  }
  await file.datasync()
  return { size, xxHash: hash.digest() }
}

/** Writes chunks one after another from `position` on: the system may take fewer bytes than it was given. */
export async function writeFully(file: FileHandle, chunks: Uint8Array[], position: number): Promise<void> {
  let left = chunks
  let at = position
  while (left.length > 0) {
    const { bytesWritten } = await file.writev(left, at)
    at += bytesWritten
    left = withoutFirst(left, bytesWritten)
  }
}

function withoutFirst(chunks: Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes
  return chunks.flatMap((chunk) => {
    const skipped = Math.min(skip, chunk.length)
    skip -= skipped
    return skipped === chunk.length ? [] : [chunk.subarray(skipped)]
  })
}
