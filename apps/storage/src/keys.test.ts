import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkKey, checkPrefix, originalKey, renditionKey, renditionPrefix } from './keys.ts'
import { testStore } from './testing.ts'

const id = '0d8f4a8e-0000-4000-8000-000000000001'
const refused = { code: 'invalid_key' }

test('keys are made from an asset and a name', () => {
  assert.equal(originalKey(id), `originals/${id}`)
  assert.equal(renditionKey(id, 'h264_720.mp4'), `renditions/${id}/h264_720.mp4`)
  assert.equal(renditionKey(id, 'hls/720/init.mp4'), `renditions/${id}/hls/720/init.mp4`)
  assert.equal(renditionPrefix(id), `renditions/${id}/`)
})

const bad = [
  '',
  '/etc/passwd',
  `originals/${id}/more`,
  `originals/${id.toUpperCase()}`,
  'originals/..',
  `renditions/${id}`,
  `renditions/${id}/`,
  `renditions/${id}/../../uploads`,
  `renditions/${id}/.hidden`,
  `renditions/${id}/a//b`,
  `renditions/${id}/a\0`,
  `renditions/${id}/a\n`,
  `renditions/${id}/a\\b`,
  `renditions/${id}/${'a/'.repeat(9)}b`,
  `uploads/${id}`,
  `temporary/${id}`,
]
for (const key of bad)
  test(`no key: ${JSON.stringify(key).slice(0, 60)}`, () => assert.throws(() => checkKey(key), refused))

for (const prefix of [
  '',
  '/',
  'uploads/',
  'originals',
  `originals/${id}/`,
  `renditions/${id}`,
  `renditions/${id}/../`,
])
  test(`no prefix: ${prefix}`, () => assert.throws(() => checkPrefix(prefix), refused))

test('a key that is accepted stays below its folder', () => {
  const piece = fc.constantFrom('..', '.', '', 'a', 'a.b', id, 'originals', 'renditions', '%2e%2e', 'é')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const key = pieces.join('/')
      try {
        checkKey(key)
      } catch {
        return
      }
      assert.equal(new URL(key, 'file:///root/').pathname, `/root/${key}`)
    }),
  )
})

test('the store refuses foreign keys everywhere', async () => {
  await using it = await testStore()
  const key = '../../outside'
  await assert.rejects(async () => it.store.stat(key), refused)
  await assert.rejects(async () => it.store.open(key), refused)
  await assert.rejects(async () => it.store.remove(key), refused)
  await assert.rejects(async () => it.store.removeAll('../'), refused)
  await assert.rejects(async () => it.store.abortUpload('..'), refused)
  await assert.rejects(async () => it.store.localPath(key), refused)
  const upload = { id: '..', key: originalKey(id), size: 1, partCount: 1 }
  await assert.rejects(
    async () => it.store.discardPart(upload, { index: 0, size: 1, location: { file: 'x', offset: 0 } }),
    refused,
  )
  const part = { index: 0, size: 1, location: { file: '../../originals/x', offset: 0 } }
  await assert.rejects(async () => it.store.discardPart({ ...upload, id }, part), { code: 'invalid_part' })
})
