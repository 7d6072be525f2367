import { constants } from 'node:fs'
import { copyFile, type FileHandle, open, rm } from 'node:fs/promises'
import type { BlobStat, RecordedPart, Upload } from '../blob-store.ts'
import { fromSystem, StorageError } from '../errors.ts'
import type { Disk } from './disk.ts'
import { moveInto } from './durable.ts'
import { statObject } from './objects.ts'
import { claimRegion, isCutFile, locationPath } from './upload-files.ts'
import { writeFully } from './write-body.ts'

/** A recorded part and where it begins in the finished file. */
interface LaidPart extends RecordedPart {
  readonly begin: number
}

/** See BlobStore. When all parts lie in their regions this renames one file; else it copies the parts that don't. */
export async function finishUpload(
  disk: Disk,
  upload: Upload,
  recorded: readonly RecordedPart[],
): Promise<BlobStat> {
  const parts = layOut(upload, recorded)
  const earlier = await statObject(disk.paths, upload.key)
  if (earlier?.size !== upload.size)
    await assemble(disk, upload, parts).catch(rethrowUnlessFinished(disk, upload))
  await disk.forgetUpload(upload.id)
  return (await statObject(disk.paths, upload.key)) ?? missing(upload)
}

function layOut(upload: Upload, recorded: readonly RecordedPart[]): LaidPart[] {
  let begin = 0
  const ordered = recorded.toSorted((a, b) => a.index - b.index)
  const parts = ordered.map((part) => {
    const laid = { ...part, begin }
    begin += part.size
    return laid
  })
  if (begin !== upload.size) throw new StorageError('incomplete', `${begin} of ${upload.size} bytes`)
  return parts.filter((part) => part.size > 0)
}

async function assemble(disk: Disk, upload: Upload, parts: LaidPart[]): Promise<void> {
  const directory = disk.paths.upload(upload.id)
  const base = chooseBase(parts)
  const others = parts.filter((part) => part.location.file !== base?.location.file)
  using _room = await disk.room.reserve(others.reduce((sum, part) => sum + part.size, 0))
  const inPlace = base && (others.length === 0 || (await closeRegions(directory, upload, parts, base)))
  const target = inPlace ? locationPath(directory, base.location) : disk.paths.temporaryFile()
  try {
    if (base && !inPlace)
      await copyFile(locationPath(directory, base.location), target, constants.COPYFILE_FICLONE)
    if (!base || others.length > 0) await complete(target, upload.size, directory, others)
    await moveInto(target, disk.paths.object(upload.key))
  } catch (error) {
    if (!inPlace) await rm(target, { force: true })
    throw fromSystem(error)
  }
}

/** A part of the file with the most bytes among those whose parts all lie where the finished file wants them. */
function chooseBase(parts: LaidPart[]): LaidPart | undefined {
  const files = Map.groupBy(parts, (part) => part.location.file).values()
  const usable = files.filter((inside) => inside.every((part) => part.location.offset === part.begin))
  const bytes = (inside: LaidPart[]) => inside.reduce((sum, part) => sum + part.size, 0)
  return usable.toArray().sort((a, b) => bytes(b) - bytes(a))[0]?.[0]
}

/**
 * Claims every region of the base that no recorded part lies in, so that no late writer can reach what is copied there.
 * False when one is taken: by a request still under way, or by one that a crash ended; the two can't be told apart.
 */
async function closeRegions(
  directory: string,
  upload: Upload,
  parts: LaidPart[],
  base: LaidPart,
): Promise<boolean> {
  const { file } = base.location
  if (!isCutFile(file)) return true
  const owned = new Set(parts.filter((part) => part.location.file === file).map((part) => part.index))
  for (let index = 0; index < upload.partCount; index++)
    if (!owned.has(index) && !(await claimRegion(directory, file, index))) return false
  return true
}

/** Without others, each byte was synced when its part was acknowledged, and there is nothing to do. */
async function complete(target: string, size: number, directory: string, others: LaidPart[]): Promise<void> {
  await using file = await open(target, constants.O_RDWR | constants.O_CREAT)
  for (const part of others) await copyPart(locationPath(directory, part.location), part, file)
  await file.truncate(size)
  await file.datasync()
}

async function copyPart(
  path: string,
  { size, begin, location }: LaidPart,
  target: FileHandle,
): Promise<void> {
  await using source = await open(path, 'r')
  const buffer = Buffer.allocUnsafe(Math.min(size, 1024 ** 2))
  for (let copied = 0; copied < size; ) {
    const length = Math.min(buffer.length, size - copied)
    const { bytesRead } = await source.read(buffer, 0, length, location.offset + copied)
    if (bytesRead === 0) throw new StorageError('incomplete', `a part has ${copied} of ${size} bytes`)
    await writeFully(target, [buffer.subarray(0, bytesRead)], begin + copied)
    copied += bytesRead
  }
}

/** Two finishers may meet: the slower one finds the parts gone and the object there. */
function rethrowUnlessFinished(disk: Disk, upload: Upload) {
  return async (error: unknown) => {
    const finished = await statObject(disk.paths, upload.key)
    if (finished?.size !== upload.size) throw error
  }
}

function missing(upload: Upload): never {
  throw new StorageError('not_found', `no object ${upload.key}`)
}
