import { opendir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStat } from '../blob-store.ts'
import { systemCode } from '../errors.ts'
import { checkPrefix } from '../keys.ts'
import { syncDirectory } from './durable.ts'
import { describe } from './objects.ts'
import type { Paths } from './paths.ts'

/** See BlobStore. */
export async function* listObjects(paths: Paths, prefix: string): AsyncIterable<BlobStat> {
  const folder = checkPrefix(prefix)
  for await (const entry of entriesOf(join(paths.root, folder))) {
    const name = `${folder}${entry.name}`
    if (entry.isDirectory()) yield* listObjects(paths, `${name}/`)
    else {
      const found = await ifThere(stat(join(paths.root, name)))
      if (found) yield describe(name, found)
    }
  }
}

/** See BlobStore. */
export async function removeTree(paths: Paths, prefix: string): Promise<void> {
  const path = join(paths.root, checkPrefix(prefix))
  await rm(path, { recursive: true, force: true })
  await ifThere(syncDirectory(dirname(path)))
}

/** The entries of a folder; none when it isn't there. */
export async function* entriesOf(path: string) {
  const directory = await ifThere(opendir(path))
  if (directory) yield* directory
}

/** Undefined where the file has gone in the meantime. */
export async function ifThere<T>(result: Promise<T>): Promise<T | undefined> {
  return result.catch((error) => {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  })
}
