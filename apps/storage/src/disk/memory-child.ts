import { testUpload } from '../testing.ts'
import { openDiskStore } from './open-disk-store.ts'

/** Receives eight uploads at once from sources faster than any disk; prints by how many MiB the process grew. */
const [root = ''] = process.argv.slice(2)
const mib = 1024 ** 2
const size = 48 * mib
const store = await openDiskStore({ root })

async function* source(bytes: number) {
  for (let sent = 0; sent < bytes; sent += 64 * 1024) yield Buffer.alloc(64 * 1024, sent)
}

async function upload(bytes: number) {
  const target = testUpload(bytes, 1)
  await store.putPart(target, { index: 0, size: bytes, body: source(bytes) })
  await store.abortUpload(target.id)
}

// Until the collector has run at its own pace, growth would show Node's habits and not ours.
await upload(4 * size)
const before = process.memoryUsage.rss()
let peak = before
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 5)
await Promise.all(Array.from({ length: 8 }, () => upload(size)))
clearInterval(watch)
process.stdout.write(String((peak - before) / mib))
