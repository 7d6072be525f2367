import { rm } from 'node:fs/promises'
import { makeDirectory, syncDirectory } from './durable.ts'
import type { Paths } from './paths.ts'
import type { Room } from './room.ts'

/** What the parts of the disk store work with. */
export interface Disk {
  readonly paths: Paths
  readonly room: Room
  /** Makes an upload's folder, durably and once, and returns its path. */
  uploadDirectory(id: string): Promise<string>
  /** Removes an upload's folder with everything in it. */
  forgetUpload(id: string): Promise<void>
}

const remembered = 1000

export function diskOf(paths: Paths, room: Room): Disk {
  const made = new Map<string, Promise<void>>()
  return {
    paths,
    room,
    async uploadDirectory(id) {
      const path = paths.upload(id)
      const making = made.get(id) ?? makeDirectory(path).then(() => syncDirectory(paths.uploads))
      if (made.size > remembered) made.clear()
      made.set(id, making)
      await making.catch((error) => {
        made.delete(id)
        throw error
      })
      return path
    },
    async forgetUpload(id) {
      made.delete(id)
      await rm(paths.upload(id), { recursive: true, force: true })
    },
  }
}
