import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isUuid } from '../keys.ts'
import type { Disk } from './disk.ts'
import { entriesOf, ifThere } from './tree.ts'

/** See BlobStore. */
export async function sweep(
  disk: Disk,
  before: Date,
  isOpen: (uploadId: string) => Promise<boolean>,
): Promise<number> {
  let removed = 0
  for await (const { name } of entriesOf(disk.paths.temporary)) {
    const path = join(disk.paths.temporary, name)
    if (!(await untouched(path, before))) continue
    await rm(path, { force: true })
    removed++
  }
  for await (const { name } of entriesOf(disk.paths.uploads)) {
    if (!isUuid(name) || !(await untouched(disk.paths.upload(name), before)) || (await isOpen(name))) continue
    await disk.forgetUpload(name)
    removed++
  }
  return removed
}

async function untouched(path: string, before: Date): Promise<boolean> {
  const found = await ifThere(stat(path))
  return found !== undefined && found.mtime < before
}
