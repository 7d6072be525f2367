import assert from 'node:assert/strict'
import { type FileHandle, open } from 'node:fs/promises'
import { afterEach, mock, test } from 'node:test'
import { originalKey } from '../keys.ts'
import { bodyOf, randomBytes, readAll, testStore, testUpload } from '../testing.ts'

const file = await open(import.meta.filename)
const handles: FileHandle = Object.getPrototypeOf(file)
await file.close()

afterEach(() => mock.restoreAll())

function refusal(code: string) {
  return Object.assign(new Error(code), { code, syscall: 'write' })
}

test('a full disk is a typed refusal, leaves no partial file, and the part succeeds after', async () => {
  await using it = await testStore()
  const upload = testUpload(2_000_000, 1)
  const bytes = randomBytes(2_000_000)
  const part = () => ({ index: 0, size: bytes.length, body: bodyOf(bytes) })
  const real = handles.writev
  let writes = 0
  const full = mock.method(handles, 'writev', function (this: FileHandle, ...given: Parameters<typeof real>) {
    if (++writes > 1) throw refusal('ENOSPC')
    return real.apply(this, given)
  })
  await assert.rejects(it.store.putPart(upload, part()), { code: 'storage_full' })
  await assert.rejects(it.store.put(originalKey(upload.id), part().body), { code: 'storage_full' })
  full.mock.restore()
  assert.equal(writes, 3)
  assert.deepEqual(await it.files(), [])
  await it.store.finishUpload(upload, [await it.store.putPart(upload, part())])
  assert.deepEqual(await readAll(await it.store.open(upload.key)), bytes)
})

test('a part whose sync fails is not acknowledged', async () => {
  await using it = await testStore()
  const upload = testUpload(20, 2)
  const part = () => ({ index: 0, size: 10, body: bodyOf(randomBytes(10)) })
  for (const method of ['datasync', 'sync'] as const) {
    const broken = mock.method(handles, method, async () => {
      throw refusal('EIO')
    })
    await assert.rejects(it.store.putPart(upload, part()), { code: 'EIO' })
    assert.deepEqual(await it.files().then((files) => files.filter((name) => !name.endsWith('cut-10'))), [])
    broken.mock.restore()
  }
  await it.store.putPart(upload, part())
})

test('a part is acknowledged when its bytes and its names are synced, bytes after the last write', async () => {
  await using it = await testStore()
  const order: string[] = []
  for (const method of ['writev', 'datasync', 'sync'] as const) {
    const real: (...given: never[]) => Promise<unknown> = handles[method]
    mock.method(handles, method, async function (this: FileHandle, ...given: never[]) {
      const result = await real.apply(this, given)
      order.push(method)
      return result
    })
  }
  const upload = testUpload(10, 1)
  await it.store.putPart(upload, { index: 0, size: 10, body: bodyOf(randomBytes(10)) })
  order.length = 0
  const part = await it.store.putPart(upload, { index: 0, size: 10, body: bodyOf(randomBytes(10)) })
  assert.deepEqual(order.toSorted(), ['datasync', 'sync', 'writev'])
  assert.ok(order.indexOf('writev') < order.indexOf('datasync'))
  order.length = 0
  await it.store.finishUpload(upload, [part])
  assert.deepEqual(order, ['sync'], 'the bytes are synced already; the new name has to be')
})

test('short writes are continued where they ended', async () => {
  await using it = await testStore()
  const bytes = randomBytes(5000)
  const real = handles.writev
  mock.method(handles, 'writev', async function (this: FileHandle, chunks: Uint8Array[], at: number) {
    return real.call(this, [chunks[0]!.subarray(0, 1 + (chunks[0]!.length >> 1))], at)
  })
  const key = originalKey(crypto.randomUUID())
  await it.store.put(key, bodyOf(bytes, 999))
  assert.deepEqual(await readAll(await it.store.open(key)), bytes)
})
