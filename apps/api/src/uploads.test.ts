import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { authorize, Projects } from '@rushes/core'
import { buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance } from 'fastify'
import { api } from './index.ts'

let it: TestCore
let server: FastifyInstance
let base: string
let ana: World

before(async () => {
  it = await testCore()
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  await server.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  ana = await buildWorld(it.core)
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function createFile(filesize: number, name = 'cut.mp4') {
  const root = await authorize(ana.ctx, Projects.addToAsset, ana.rootId)
  const { asset, upload_paths } = await Projects.createAsset(ana.ctx, root, { type: 'file', name, filesize })
  return { id: asset.id, paths: upload_paths ?? [] }
}

function put(path: string, body: Uint8Array, headers: Record<string, string> = {}) {
  return fetch(base + path, {
    method: 'PUT',
    body: new Uint8Array(body),
    headers: { 'content-type': 'video/mp4', 'x-amz-acl': 'private', ...headers },
  })
}

async function assetRow(id: string) {
  return it.core.db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function download(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(base + path, { headers, method })
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

test('H10: parts in any order and in parallel become the file, and the original downloads byte for byte', async () => {
  const bytes = randomBytes(53 * 2 ** 20)
  const { id, paths } = await createFile(bytes.length)
  assert.equal(paths.length, 3)
  const chunk = Math.ceil(bytes.length / 3)
  const answers = await Promise.all(
    [2, 0, 1].map((index) => put(paths[index]!, bytes.subarray(index * chunk, (index + 1) * chunk))),
  )
  for (const answer of answers) {
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('etag') ?? '', /^"[0-9a-f]{16}"$/)
  }
  const asset = await assetRow(id)
  assert.equal(asset.status, 'uploaded')
  assert.ok(asset.upload_completed_at)
  assert.deepEqual(
    it.enqueued
      .filter(({ payload }) => 'asset_id' in payload && payload.asset_id === id)
      .map(({ name }) => name),
    ['asset.checksum', 'asset.transcode'],
  )
  const original = await download(it.core.links.save(`originals/${id}`, 'cut.mp4'))
  const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')
  assert.equal(sha256(original.body), sha256(bytes))
})

test('a part sent again replaces the first, and again after completion is answered alike', async () => {
  const { id, paths } = await createFile(10)
  const bytes = randomBytes(10)
  const first = await put(paths[0]!, bytes)
  const again = await put(paths[0]!, bytes)
  assert.equal(again.status, 200)
  assert.equal(again.headers.get('etag'), first.headers.get('etag'))
  const other = await put(paths[0]!, randomBytes(10))
  assert.equal(other.status, 403)
  assert.match(await other.text(), /<Error><Code>AccessDenied<\/Code><Message>The upload is complete/)
  assert.deepEqual((await download(it.core.links.save(`originals/${id}`, 'x'))).body, bytes)
})

test('an empty part that is left over after the file is whole is taken, and changes nothing', async () => {
  const bytes = randomBytes(26 * 2 ** 20)
  const { id, paths } = await createFile(bytes.length)
  assert.equal(paths.length, 2)
  assert.equal((await put(paths[0]!, bytes)).status, 200)
  assert.equal((await put(paths[1]!, Buffer.alloc(0))).status, 200)
  assert.equal((await put(paths[1]!, Buffer.from('late'))).status, 403)
  assert.equal((await assetRow(id)).status, 'uploaded')
})

test('an empty file completes on an empty PUT', async () => {
  const { id, paths } = await createFile(0)
  assert.equal(paths.length, 1)
  assert.equal((await put(paths[0]!, new Uint8Array())).status, 200)
  assert.equal((await assetRow(id)).status, 'uploaded')
})

test('a body of unknown length is taken as well', async () => {
  const { id, paths } = await createFile(100_000)
  const sent = request(base + paths[0]!, { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } })
  for (let part = 0; part < 10; part++) sent.write(Buffer.alloc(10_000, part))
  sent.end()
  const [answer] = await once(sent, 'response')
  assert.equal(answer.statusCode, 200)
  answer.resume()
  assert.equal((await assetRow(id)).status, 'uploaded')
})

test('only a genuine link opens a part, and refusals are XML that arrives', async () => {
  const { paths } = await createFile(26 * 2 ** 20)
  const other = await createFile(26 * 2 ** 20)
  const swapped = paths[0]!.replace(/\/0\?/, '/1?')
  const foreign = other.paths[0]!.replace(/\?.*/, paths[0]!.slice(paths[0]!.indexOf('?')))
  const late = paths[0]!.replace(/expires=\d+/, 'expires=9999999999')
  for (const path of [swapped, foreign, late, paths[0]!.replace(/&signature=.*/, ''), '/upload/x/y']) {
    const answer = await put(path, randomBytes(1_000_000))
    assert.equal(answer.status, 403, path)
    assert.equal(answer.headers.get('content-type'), 'application/xml')
    assert.match(await answer.text(), /<Code>AccessDenied<\/Code>/)
  }
})

test('more bytes than the file has are refused, declared or not', async () => {
  const { id, paths } = await createFile(1000)
  const declared = await put(paths[0]!, randomBytes(1_500_000))
  assert.equal(declared.status, 400)
  assert.match(await declared.text(), /<Code>InvalidRequest<\/Code>/)
  const sent = request(base + paths[0]!, { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } })
  sent.end(randomBytes(2000))
  const [answer] = await once(sent, 'response')
  assert.equal(answer.statusCode, 400)
  answer.resume()
  assert.equal((await assetRow(id)).status, 'created')
})

test('an upload that is broken off is not recorded and can be sent again', async () => {
  const { id, paths } = await createFile(100_000)
  const sent = request(base + paths[0]!, { method: 'PUT', headers: { 'content-length': '100000' } })
  sent.on('error', () => {})
  sent.write(randomBytes(50_000))
  await once(sent, 'socket')
  sent.destroy()
  assert.equal((await put(paths[0]!, randomBytes(100_000))).status, 200)
  assert.equal((await assetRow(id)).status, 'uploaded')
})

test('a browser on another origin may put parts and read media', async () => {
  const { paths } = await createFile(10)
  const preflight = await fetch(base + paths[0]!, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://elsewhere.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type,x-amz-acl',
    },
  })
  assert.equal(preflight.status, 204)
  assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /PUT/)
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type,x-amz-acl')
  const sent = await put(paths[0]!, randomBytes(10), { origin: 'https://elsewhere.example' })
  assert.equal(sent.headers.get('access-control-allow-origin'), '*')
})

test('parts that overlap by more than the file are refused, and the right ones still make it whole', async () => {
  const { id, paths } = await createFile(26 * 2 ** 20)
  const half = randomBytes(13 * 2 ** 20)
  assert.equal((await put(paths[0]!, half)).status, 200)
  assert.equal((await put(paths[1]!, randomBytes(14 * 2 ** 20))).status, 400)
  const answers = await Promise.all([put(paths[1]!, half), put(paths[0]!, half), put(paths[1]!, half)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  const { body } = await download(it.core.links.save(`originals/${id}`, 'x'))
  assert.ok(body.equals(Buffer.concat([half, half])))
})

test('an upload that a crash kept from being put together is finished when its part comes again', async () => {
  const { id, paths } = await createFile(10)
  const bytes = randomBytes(10)
  const { finishUpload } = it.core.blobs
  it.core.blobs.finishUpload = async () => {
    throw new Error('crash')
  }
  assert.equal((await put(paths[0]!, bytes)).status, 500)
  it.core.blobs.finishUpload = finishUpload
  assert.equal((await assetRow(id)).status, 'created')
  assert.equal((await put(paths[0]!, bytes)).status, 200)
  const asset = await assetRow(id)
  assert.equal(asset.status, 'uploaded')
  const events = await it.core.db
    .selectFrom('events')
    .select('actor')
    .where('aggregate_id', '=', id)
    .where('type', '=', 'asset.uploaded')
    .execute()
  assert.deepEqual(
    events.map(({ actor }) => actor),
    [{ kind: 'user', id: ana.userId }],
  )
})
