import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renditionKey } from '../keys.ts'
import { createLinks } from './links.ts'
import { mediaGrant, mediaPath, verifyMedia } from './media-url.ts'
import { createSigner } from './signer.ts'
import { uploadPath, verifyUpload } from './upload-url.ts'

const id = '0d8f4a8e-0000-4000-8000-000000000001'
const other = '0d8f4a8e-0000-4000-8000-000000000002'
const now = Date.UTC(2026, 10, 24, 12, 10)
const hour = 3_600_000
const secrets = { a: 'a'.repeat(32), b: 'b'.repeat(32) }
const signer = createSigner({ current: 'a', secrets })

function uploadRequest(path: string) {
  const url = new URL(path, 'http://host')
  const [, , uploadId = '', part = ''] = url.pathname.split('/')
  const { expires = '', signature = '' } = Object.fromEntries(url.searchParams)
  return { uploadId, part, expires, signature }
}

test('an upload URL opens its own part for 24 hours', () => {
  const request = uploadRequest(uploadPath(signer, { uploadId: id, part: 3 }, now))
  assert.deepEqual(verifyUpload(signer, request, now), { uploadId: id, part: 3 })
  assert.ok(verifyUpload(signer, request, now + 24 * hour - 1000))
  assert.equal(verifyUpload(signer, request, now + 24 * hour), null)
  const changes = [
    { part: '4' },
    { part: '03' },
    { part: '3.0' },
    { uploadId: other },
    { expires: String(Number(request.expires) + 1) },
    { expires: 'NaN' },
    { expires: 'Infinity' },
    { signature: '' },
    { signature: `${request.signature}A` },
    { signature: `b${request.signature.slice(1)}` },
    { signature: `__proto__${request.signature.slice(1)}` },
    { signature: 'é'.repeat(request.signature.length) },
  ]
  for (const change of changes) assert.equal(verifyUpload(signer, { ...request, ...change }, now), null)
})

test('a key that was replaced still opens what it signed, a removed one no longer', () => {
  const request = uploadRequest(uploadPath(signer, { uploadId: id, part: 0 }, now))
  assert.ok(verifyUpload(createSigner({ current: 'b', secrets }), request, now))
  assert.equal(verifyUpload(createSigner({ current: 'b', secrets: { b: secrets.b } }), request, now), null)
  assert.throws(() => createSigner({ current: 'c', secrets }))
  assert.throws(() => createSigner({ current: 'a', secrets: { a: 'short' } }))
})

test('a grant for one object opens that object alone', () => {
  const grant = mediaGrant(signer, `originals/${id}`, now)
  assert.ok(verifyMedia(signer, grant, `originals/${id}`, now))
  for (const key of [`originals/${other}`, `originals/${id}/x`, `renditions/${id}/x`, ''])
    assert.equal(verifyMedia(signer, grant, key, now), null)
})

test('a grant for a prefix opens what lies below it', () => {
  const grant = mediaGrant(signer, `renditions/${id}/`, now)
  for (const key of [`renditions/${id}/hls.m3u8`, `renditions/${id}/hls/720/init.mp4`])
    assert.ok(verifyMedia(signer, grant, key, now))
  for (const key of [
    `renditions/${id}`,
    `renditions/${id}/../../originals/${id}`,
    `renditions/${other}/x`,
    `originals/${id}`,
    'renditions',
    '',
  ])
    assert.equal(verifyMedia(signer, grant, key, now), null)
  const wider = grant.replace('.2.', '.1.')
  assert.equal(verifyMedia(signer, wider, `renditions/${id}/x`, now), null)
})

test('a grant is the same within an hour and lasts 12 to 13 hours', () => {
  const scope = `originals/${id}`
  const grant = mediaGrant(signer, scope, now)
  assert.equal(mediaGrant(signer, scope, now + 40 * 60_000), grant)
  assert.notEqual(mediaGrant(signer, scope, now + hour), grant)
  assert.ok(verifyMedia(signer, grant, scope, now + 12 * hour))
  assert.equal(verifyMedia(signer, grant, scope, now + 13 * hour), null)
  assert.equal(verifyMedia(signer, `zzzzzzzz${grant.slice(grant.indexOf('.'))}`, scope, now), null)
})

test('names below a rendition resolve relatively and keep the grant', () => {
  const links = createLinks(signer, () => now)
  const playlist = new URL(links.show(renditionKey(id, 'hls.m3u8')), 'http://host')
  const [, , grant = '', ...key] = new URL('hls_720.m4s', playlist).pathname.split('/')
  assert.equal(key.join('/'), `renditions/${id}/hls_720.m4s`)
  assert.ok(verifyMedia(signer, grant, key.join('/'), now))
  assert.equal(links.show(renditionKey(id, 'hls.m3u8')), links.show(renditionKey(id, 'hls.m3u8')))
})

test('a file name of any kind survives the address', () => {
  for (const name of [
    `a'b"c;$(id)&x=1#?`,
    '-i',
    'x%03d.jpg',
    '\u202egpj.exe',
    'ü/../b',
    'lone \ud800 surrogate',
  ])
    assert.equal(
      new URL(mediaPath('g', `originals/${id}`, name), 'http://host').searchParams.get('filename'),
      name.toWellFormed(),
    )
})
