import { access, constants } from 'node:fs/promises'
import type { BlobStore } from '../blob-store.ts'
import { StorageError } from '../errors.ts'
import { diskOf } from './disk.ts'
import { makeDirectory, syncDirectory } from './durable.ts'
import { finishUpload } from './finish-upload.ts'
import { openObject, putObject, putObjectFile, removeObject, statObject } from './objects.ts'
import { pathsIn } from './paths.ts'
import { putPart } from './put-part.ts'
import { roomOn } from './room.ts'
import { sweep } from './sweep.ts'
import { listObjects, removeTree } from './tree.ts'
import { freePart } from './upload-files.ts'

/** A store in the folder `root` of a local disk, made when missing. Throws `unwritable` when it can't be written to. */
export async function openDiskStore({ root }: { root: string }): Promise<BlobStore> {
  const paths = pathsIn(root)
  await prepare([root, paths.originals, paths.uploads, paths.temporary])
  const disk = diskOf(paths, roomOn(root))
  return {
    putPart: (upload, part) => putPart(disk, upload, part),
    discardPart: (upload, part) => freePart(paths.upload(upload.id), part.index, part.location),
    finishUpload: (upload, parts) => finishUpload(disk, upload, parts),
    abortUpload: (id) => disk.forgetUpload(id),
    sweep: (before, isOpen) => sweep(disk, before, isOpen),
    put: (key, body) => putObject(disk, key, body),
    putFile: (key, path) => putObjectFile(disk, key, path),
    open: (key, range) => openObject(paths, key, range),
    stat: async (key) => statObject(paths, key),
    remove: (key) => removeObject(paths, key),
    removeAll: (prefix) => removeTree(paths, prefix),
    list: (prefix) => listObjects(paths, prefix),
    async localPath(key) {
      if (!(await statObject(paths, key))) throw new StorageError('not_found', `no object ${key}`)
      return { path: paths.object(key), async [Symbol.asyncDispose]() {} }
    },
  }
}

async function prepare(folders: string[]): Promise<void> {
  try {
    for (const folder of folders) {
      await makeDirectory(folder)
      await access(folder, constants.W_OK)
      // An earlier process may have made the folder and died before its name was durable.
      await syncDirectory(folder)
    }
  } catch (error) {
    throw new StorageError('unwritable', 'the blob folder is not writable', { cause: error })
  }
}
