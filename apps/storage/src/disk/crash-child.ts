import type { Upload } from '../blob-store.ts'
import { openDiskStore } from './open-disk-store.ts'

/** Receives the parts it is told of, forever slowly for those marked so, and reports each acknowledged one on a line. */
const [root = '', request = ''] = process.argv.slice(2)
const { upload, parts }: { upload: Upload; parts: { index: number; base64: string; hangs: boolean }[] } =
  JSON.parse(request)
const store = await openDiskStore({ root })

async function* body(bytes: Buffer, hangs: boolean) {
  yield bytes.subarray(0, bytes.length / 2)
  // A timer, because a pending promise alone doesn't keep the process.
  if (hangs) await new Promise((resolve) => setTimeout(resolve, 60_000))
  yield bytes.subarray(bytes.length / 2)
}

for (const { index, base64, hangs } of parts) {
  const bytes = Buffer.from(base64, 'base64')
  const receiving = store.putPart(upload, { index, size: bytes.length, body: body(bytes, hangs) })
  if (!hangs) process.stdout.write(`${JSON.stringify(await receiving)}\n`)
}
process.stdout.write('done\n')
