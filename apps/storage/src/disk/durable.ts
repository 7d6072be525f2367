import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../errors.ts'

/** Makes the names in a folder survive a power cut; a file's own sync doesn't. */
export async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r')
  await directory.sync()
}

const making = new Map<string, Promise<void>>()

/** Makes a folder and those above it, durably: whoever else wants the same folder meanwhile waits until it is. */
export async function makeDirectory(path: string): Promise<void> {
  const underWay = making.get(path) ?? makeMissing(path).finally(() => making.delete(path))
  making.set(path, underWay)
  await underWay
}

async function makeMissing(path: string): Promise<void> {
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
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
