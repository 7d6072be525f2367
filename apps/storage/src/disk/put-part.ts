import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingPart, PartLocation, ReceivedPart, Upload } from '../blob-store.ts'
import { fromSystem, StorageError } from '../errors.ts'
import type { Disk } from './disk.ts'
import { syncDirectory } from './durable.ts'
import { placement } from './placement.ts'
import { claimRegion, cutFile, freePart, locationPath, newPartFile, nowhere } from './upload-files.ts'
import { writeBody } from './write-body.ts'

/** See BlobStore. A part goes straight into its region of the file to be if it can claim that, else into a file of its own. */
export async function putPart(disk: Disk, upload: Upload, part: IncomingPart): Promise<ReceivedPart> {
  const { index, size } = part
  if (!(Number.isInteger(index) && index >= 0 && index < upload.partCount))
    throw new StorageError('invalid_part', `no part ${index}`)
  if (size !== null && size > upload.size)
    throw new StorageError('too_large', `more than ${upload.size} bytes`)
  using _room = await disk.room.reserve(size ?? 0)
  const directory = await disk.uploadDirectory(upload.id)
  const location = await choosePlace(directory, upload, part)
  try {
    const received = await receive(directory, upload, part, location)
    if (received.size === 0) await freePart(directory, index, location)
    return received
  } catch (error) {
    await freePart(directory, index, location)
    throw fromSystem(error)
  }
}

async function choosePlace(
  directory: string,
  upload: Upload,
  { index, size }: IncomingPart,
): Promise<PartLocation> {
  const region = size === null ? null : placement(upload, index, size)
  if (region && (await claimRegion(directory, cutFile(region.chunk), index)))
    return { file: cutFile(region.chunk), offset: region.offset }
  return { file: newPartFile(index), offset: 0 }
}

async function receive(
  directory: string,
  upload: Upload,
  { index, size, body }: IncomingPart,
  location: PartLocation,
): Promise<ReceivedPart> {
  await using file = await open(locationPath(directory, location), constants.O_RDWR | constants.O_CREAT)
  // The part's names exist by now; while its bytes come in is the time to make them durable.
  const [written] = await allDone([
    writeBody(file, body, { offset: location.offset, limit: size ?? upload.size }),
    syncDirectory(directory),
  ])
  if (size !== null && written.size < size)
    throw new StorageError('incomplete', `${written.size} of ${size} bytes`)
  return {
    index,
    size: written.size,
    etag: written.xxHash,
    location: written.size === 0 ? nowhere : location,
  }
}

/** Like Promise.all, but nothing is under way any more when it rejects. */
async function allDone<T extends Promise<unknown>[]>(
  work: [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
