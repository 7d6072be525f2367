import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../errors.ts'

/** Makes the names in a folder survive a power cut; a file's own sync doesn't. */
export async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r')
  await directory.sync()
}

/** Makes a folder and those above it, durably. */
export async function makeDirectory(path: string): Promise<void> {
  if (await exists(path)) return
  await makeDirectory(dirname(path))
  await mkdir(path).catch((error) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
  await syncDirectory(dirname(path))
}

/** Gives a file whose bytes are already synced its final name, in one step and durably, in place of what had that name. */
export async function moveInto(from: string, to: string): Promise<void> {
  await makeDirectory(dirname(to))
  await rename(from, to)
  await syncDirectory(dirname(to))
  // The folder may be one that somebody else has just made and not synced yet.
  await syncDirectory(dirname(dirname(to)))
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
