import { randomUUID } from 'node:crypto'
import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'

const MIB = 1024 * 1024
/** A new database and the demo take about 150 MiB; a known installation needs room for its log to turn over. */
const NEEDED_MIB = { first: 256, later: 48 }

/** Throws unless `folder` can be written to and its disk has room for a start. */
export async function checkWritable(folder: string, start: 'first' | 'later'): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = (bavail * bsize) / MIB
  if (free < NEEDED_MIB[start])
    throw new StartError(
      'disk_full',
      `the disk of the data folder ${folder} has ${Math.floor(free)} MiB left and a start needs ${NEEDED_MIB[start]}`,
    )
  await writeAndRemove(join(folder, `.probe-${randomUUID()}`))
}

async function writeAndRemove(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(Buffer.alloc(4096))
    await file.sync()
  } finally {
    await file.close()
    await rm(path)
  }
}
