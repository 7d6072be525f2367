import { statfs } from 'node:fs/promises'
import { logger, metrics } from '@rushes/monitoring'
import { StorageError } from '../errors.ts'

const largestReserve = 256 * 1024 ** 2
const log = logger('storage')

/** Free space that may still be written to. A full disk would also stop a database that shares it, so some is left. */
export interface Room {
  /** Sets `bytes` aside until disposed. Throws `storage_full` when there isn't that much. */
  reserve(bytes: number): Promise<Disposable>
}

/** The room on the disk that holds `root`; keeps 5 % of it free, at most 256 MiB. */
export function roomOn(root: string): Room {
  let promised = 0
  return {
    async reserve(bytes) {
      promised += bytes
      const { bavail, blocks, bsize } = await statfs(root)
      const kept = Math.min(largestReserve, blocks * bsize * 0.05)
      if (bavail * bsize - promised < kept) {
        promised -= bytes
        log.error('the disk is full', { free: bavail * bsize, wanted: bytes, kept })
        metrics.count('storage.refused', 1, { reason: 'storage_full' })
        throw new StorageError('storage_full', 'the disk is full')
      }
      return {
        [Symbol.dispose]() {
          promised -= bytes
        },
      }
    },
  }
}
