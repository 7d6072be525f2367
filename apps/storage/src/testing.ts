import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlobStore, Upload } from './blob-store.ts'
import { openDiskStore } from './disk/open-disk-store.ts'
import { originalKey } from './keys.ts'

/** A disk store in a folder of its own, which disposal removes. */
export interface TestStore extends AsyncDisposable {
  store: BlobStore
  root: string
  /** Paths of all files in the store, relative to its root. */
  files(): Promise<string[]>
}

export async function testStore(): Promise<TestStore> {
  const root = await mkdtemp(join(tmpdir(), 'rushes-storage-'))
  return {
    store: await openDiskStore({ root }),
    root,
    async files() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true })
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}

/** A new upload of `size` bytes to `partCount` URLs. */
export function testUpload(size: number, partCount: number): Upload {
  const id = crypto.randomUUID()
  return { id, key: originalKey(id), size, partCount }
}

/** The bytes as a client sends them: in pieces of at most `piece` bytes. */
export async function* bodyOf(bytes: Uint8Array, piece = 64 * 1024): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

/** A body that breaks off with an error after `bytes`. */
export async function* brokenBody(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
  throw new Error('connection lost')
}

export async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export { randomBytes }
