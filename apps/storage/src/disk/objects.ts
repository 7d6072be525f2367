import { constants, type Stats } from 'node:fs'
import { copyFile, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import type { BlobStat, ByteRange } from '../blob-store.ts'
import { fromSystem, StorageError, systemCode } from '../errors.ts'
import type { Disk } from './disk.ts'
import { moveInto, syncDirectory } from './durable.ts'
import type { Paths } from './paths.ts'
import { writeBody } from './write-body.ts'

const readBytes = 256 * 1024

/** See BlobStore. */
export async function statObject(paths: Paths, key: string): Promise<BlobStat | null> {
  try {
    const found = await stat(paths.object(key))
    return found.isFile() ? describe(key, found) : null
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** An object's description from what the file system knows of its file. */
export function describe(key: string, { size, mtime, mtimeMs, ino }: Stats): BlobStat {
  const etag = [ino, size, Math.floor(mtimeMs)].map((number) => number.toString(36)).join('-')
  return { key, size, modifiedAt: mtime, etag }
}

/** See BlobStore. */
export async function openObject(paths: Paths, key: string, range?: ByteRange): Promise<Readable> {
  const file = await open(paths.object(key), 'r').catch((error) => {
    throw fromSystem(error)
  })
  return file.createReadStream({ highWaterMark: readBytes, ...range })
}

/** See BlobStore. */
export async function putObject(disk: Disk, key: string, body: AsyncIterable<Uint8Array>): Promise<BlobStat> {
  const target = disk.paths.object(key)
  return viaTemporary(disk, key, target, async (temporary) => {
    await using file = await open(temporary, 'wx')
    await writeBody(file, body, { offset: 0, limit: Number.MAX_SAFE_INTEGER })
  })
}

/** See BlobStore. A rename where the file is on the same disk, else a copy. */
export async function putObjectFile(disk: Disk, key: string, path: string): Promise<BlobStat> {
  const target = disk.paths.object(key)
  return viaTemporary(disk, key, target, async (temporary) => {
    await rename(path, temporary).catch((error) => copyAcross(error, path, temporary))
    await using file = await open(temporary, 'r+')
    await file.sync()
  })
}

async function viaTemporary(disk: Disk, key: string, target: string, write: (path: string) => Promise<void>) {
  const temporary = disk.paths.temporaryFile()
  try {
    await write(temporary)
    await moveInto(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw fromSystem(error)
  }
  return (await statObject(disk.paths, key)) ?? missing(key)
}

async function copyAcross(error: unknown, from: string, to: string): Promise<void> {
  if (systemCode(error) !== 'EXDEV') throw error
  await copyFile(from, to, constants.COPYFILE_EXCL)
  await rm(from)
}

/** See BlobStore. */
export async function removeObject(paths: Paths, key: string): Promise<void> {
  const path = paths.object(key)
  try {
    await rm(path)
    await syncDirectory(dirname(path))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}

function missing(key: string): never {
  throw new StorageError('not_found', `no object ${key}`)
}
