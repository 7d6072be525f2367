import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BlobStore, ReceivedPart, Upload } from '../blob-store.ts'
import { checksum } from '../checksum.ts'
import { bodyOf, brokenBody, randomBytes, readAll, sha256, testStore, testUpload } from '../testing.ts'

type Sent = { index: number; bytes: Uint8Array; declared: boolean }

function put(store: BlobStore, upload: Upload, { index, bytes, declared }: Sent) {
  return store.putPart(upload, { index, size: declared ? bytes.length : null, body: bodyOf(bytes, 7) })
}

/** Cuts like the clients of v2-api 5.1: `chunk` bytes each, what is left in the last part, empty parts for URLs left over. */
function cut(bytes: Uint8Array, parts: number, chunk: number): Uint8Array[] {
  return Array.from({ length: parts }, (_, index) =>
    bytes.subarray(index * chunk, index === parts - 1 ? undefined : (index + 1) * chunk),
  )
}

function chunkOf(size: number, parts: number, way: 'ceil' | 'ceil + 1' | 'floor' | 'odd'): number {
  if (way === 'floor') return Math.floor(size / parts)
  return Math.ceil(size / parts) + { ceil: 0, 'ceil + 1': 1, odd: 3 }[way]
}

const splitting = fc.record({
  size: fc.nat(200),
  parts: fc.integer({ min: 1, max: 9 }),
  way: fc.constantFrom('ceil' as const, 'ceil + 1' as const, 'floor' as const, 'odd' as const),
  sendsEmpty: fc.boolean(),
  declared: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
  order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
  resent: fc.array(fc.nat(8), { maxLength: 4 }),
})

test('every way of cutting, ordering, declaring and re-sending ends in the same file', {
  timeout: 60_000,
}, async () => {
  await using it = await testStore()
  const property = fc.asyncProperty(
    splitting,
    async ({ size, parts, way, sendsEmpty, declared, order, resent }) => {
      const bytes = randomBytes(size)
      const upload = testUpload(size, parts)
      const pieces = cut(bytes, parts, chunkOf(size, parts, way))
        .map((piece, index) => ({ index, bytes: piece, declared: declared[index] ?? true }))
        .filter((piece) => sendsEmpty || piece.bytes.length > 0)
        .sort((a, b) => (order[a.index] ?? 0) - (order[b.index] ?? 0))
      const record = new Map<number, ReceivedPart>()
      await Promise.all(
        pieces.map(async (piece) => record.set(piece.index, await put(it.store, upload, piece))),
      )
      for (const piece of pieces.filter(({ index }) => resent.includes(index))) {
        const earlier = record.get(piece.index)
        record.set(piece.index, await put(it.store, upload, piece))
        if (earlier && piece.index % 2) await it.store.discardPart(upload, earlier)
      }
      await it.store.finishUpload(upload, [...record.values()])
      assert.deepEqual(await readAll(await it.store.open(upload.key)), bytes)
      assert.equal((await it.store.finishUpload(upload, [...record.values()])).size, size)
      await it.store.remove(upload.key)
      assert.deepEqual(await it.files(), [])
    },
  )
  await fc.assert(property, { numRuns: 150 })
})

test('parts cut evenly go straight into the file to be', async () => {
  await using it = await testStore()
  const bytes = randomBytes(1000)
  const upload = testUpload(1000, 3)
  const record = await Promise.all(
    cut(bytes, 3, 334).map((piece, index) => put(it.store, upload, { index, bytes: piece, declared: true })),
  )
  assert.deepEqual(new Set(record.map((part) => part.location.file)), new Set(['cut-334']))
})

test('a part re-sent with other bytes leaves the recorded one alone until it is recorded itself', async () => {
  await using it = await testStore()
  const upload = testUpload(20, 2)
  const [a, b, c] = [randomBytes(10), randomBytes(10), randomBytes(10)] as const
  const first = await put(it.store, upload, { index: 0, bytes: a, declared: true })
  const second = await put(it.store, upload, { index: 1, bytes: b, declared: true })
  await put(it.store, upload, { index: 0, bytes: c, declared: true })
  await it.store.finishUpload(upload, [first, second])
  assert.deepEqual(await readAll(await it.store.open(upload.key)), Buffer.concat([a, b]))
})

test('a torn re-send and a request still under way at the end damage nothing', async () => {
  await using it = await testStore()
  const upload = testUpload(20, 2)
  const [a, b, c] = [randomBytes(10), randomBytes(10), randomBytes(10)] as const
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { promise: reading, resolve: started } = Promise.withResolvers<void>()
  async function* late() {
    yield c.subarray(0, 5)
    started()
    await gate
    yield c.subarray(5)
  }
  const slow = it.store.putPart(upload, { index: 1, size: 10, body: late() })
  await reading
  const first = await put(it.store, upload, { index: 0, bytes: a, declared: true })
  const second = await put(it.store, upload, { index: 1, bytes: b, declared: true })
  await assert.rejects(it.store.putPart(upload, { index: 0, size: 10, body: brokenBody(c.subarray(0, 5)) }))
  await it.store.finishUpload(upload, [first, second])
  open()
  await slow.catch(() => {})
  assert.deepEqual(await readAll(await it.store.open(upload.key)), Buffer.concat([a, b]))
})

test('a broken, short or overlong body leaves nothing behind, and its region can be used again', async () => {
  await using it = await testStore()
  const upload = testUpload(20, 2)
  const bytes = randomBytes(30)
  const send = (size: number | null, body: AsyncIterable<Uint8Array>) =>
    it.store.putPart(upload, { index: 0, size, body })
  await assert.rejects(send(null, brokenBody(bytes.subarray(0, 5))), /connection lost/)
  await assert.rejects(send(9, bodyOf(bytes.subarray(0, 5))), { code: 'incomplete' })
  await assert.rejects(send(null, bodyOf(bytes.subarray(0, 21), 7)), { code: 'too_large' })
  await assert.rejects(send(21, bodyOf(bytes)), { code: 'too_large' })
  await assert.rejects(it.store.putPart(upload, { index: 2, size: 1, body: bodyOf(bytes) }), {
    code: 'invalid_part',
  })
  assert.deepEqual(await it.files(), [])
  await assert.rejects(send(10, brokenBody(bytes.subarray(0, 5))), /connection lost/)
  assert.deepEqual((await send(10, bodyOf(bytes.subarray(0, 10)))).location, { file: 'cut-10', offset: 0 })
})

test('an upload is finished with exactly its bytes', async () => {
  await using it = await testStore()
  const upload = testUpload(20, 2)
  const part = await put(it.store, upload, { index: 0, bytes: randomBytes(10), declared: true })
  await assert.rejects(it.store.finishUpload(upload, [part]), { code: 'incomplete' })
  assert.equal(await it.store.stat(upload.key), null)
})

test('finishers that meet both succeed', async () => {
  await using it = await testStore()
  const bytes = randomBytes(1000)
  const upload = testUpload(1000, 3)
  const record: ReceivedPart[] = []
  for (const [index, piece] of cut(bytes, 3, 333).entries())
    record.push(await put(it.store, upload, { index, bytes: piece, declared: index !== 1 }))
  await Promise.all([1, 2, 3].map(() => it.store.finishUpload(upload, record)))
  const { sha256: stored, xxHash } = await checksum(it.store, upload.key)
  assert.equal(stored, sha256(bytes))
  assert.match(xxHash, /^[0-9a-f]{16}$/)
  assert.deepEqual(await it.files(), [upload.key])
})

test('an aborted upload and what crashes left are swept, open uploads are not', async () => {
  await using it = await testStore()
  const [open, orphan, aborted] = [testUpload(20, 2), testUpload(20, 2), testUpload(20, 2)]
  for (const upload of [open, orphan, aborted])
    await put(it.store, upload, { index: 0, bytes: randomBytes(10), declared: true })
  await it.store.abortUpload(aborted.id)
  const tomorrow = new Date(Date.now() + 86_400_000)
  assert.equal(await it.store.sweep(new Date(0), async () => false), 0)
  assert.equal(await it.store.sweep(tomorrow, async (id) => id === open.id), 1)
  assert.deepEqual(new Set((await it.files()).map((file) => file.split('/')[1])), new Set([open.id]))
})
