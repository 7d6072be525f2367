import assert from 'node:assert/strict'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BlobStat } from '../blob-store.ts'
import { checksum } from '../checksum.ts'
import { originalKey, renditionKey, renditionPrefix } from '../keys.ts'
import { bodyOf, brokenBody, randomBytes, readAll, testStore } from '../testing.ts'
import { openDiskStore } from './open-disk-store.ts'

const id = crypto.randomUUID()

test('an object is written, replaced, read in ranges and removed', async () => {
  await using it = await testStore()
  const { store } = it
  const key = renditionKey(id, 'h264_720.mp4')
  assert.equal(await store.stat(key), null)
  const first = await store.put(key, bodyOf(randomBytes(10)))
  const bytes = randomBytes(300_000)
  const second = await store.put(key, bodyOf(bytes))
  assert.notEqual(first.etag, second.etag)
  assert.equal(second.size, bytes.length)
  assert.deepEqual(await readAll(await store.open(key)), bytes)
  assert.deepEqual(
    await readAll(await store.open(key, { start: 5, end: 280_000 })),
    bytes.subarray(5, 280_001),
  )
  await store.remove(key)
  await store.remove(key)
  await assert.rejects(store.open(key), { code: 'not_found' })
  await assert.rejects(store.localPath(key), { code: 'not_found' })
})

test('an object that was not received whole does not appear', async () => {
  await using it = await testStore()
  await assert.rejects(it.store.put(originalKey(id), brokenBody(randomBytes(10))), /connection lost/)
  assert.deepEqual(await it.files(), [])
})

test('a file is taken over, listed below its prefix and removed with it', async () => {
  await using it = await testStore()
  const { store } = it
  for (const name of ['hls.m3u8', 'hls/720/init.mp4']) {
    const path = join(it.root, 'temporary', 'made')
    await writeFile(path, name)
    await store.putFile(renditionKey(id, name), path)
  }
  await store.put(originalKey(id), bodyOf(randomBytes(3)))
  await using local = await store.localPath(renditionKey(id, 'hls.m3u8'))
  assert.equal(local.path, join(it.root, 'renditions', id, 'hls.m3u8'))
  const listed: BlobStat[] = await Array.fromAsync(store.list(renditionPrefix(id)))
  assert.deepEqual(
    new Set(listed.map(({ key, size }) => `${key} ${size}`)),
    new Set([`${renditionKey(id, 'hls.m3u8')} 8`, `${renditionKey(id, 'hls/720/init.mp4')} 16`]),
  )
  assert.equal((await Array.fromAsync(store.list('renditions/'))).length, 2)
  await store.removeAll(renditionPrefix(id))
  await store.removeAll(renditionPrefix(id))
  assert.deepEqual(await it.files(), [originalKey(id)])
})

test('checksums are those of the standard tools', async () => {
  await using it = await testStore()
  await it.store.put(originalKey(id), bodyOf(Buffer.from('abc')))
  assert.deepEqual(await checksum(it.store, originalKey(id)), {
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    xxHash: '44bc2cf5ad770999',
  })
  await it.store.put(originalKey(id), bodyOf(Buffer.alloc(0)))
  assert.equal((await checksum(it.store, originalKey(id))).xxHash, 'ef46db3751d8e999')
})

test('a folder that can not be written is refused at once', async () => {
  await using it = await testStore()
  const path = join(it.root, 'loop')
  await symlink(path, path)
  await assert.rejects(openDiskStore({ root: path }), { code: 'unwritable' })
  await writeFile(join(it.root, 'file'), '')
  await assert.rejects(openDiskStore({ root: join(it.root, 'file') }), { code: 'unwritable' })
})
