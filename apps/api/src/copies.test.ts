import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildFile, buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { api } from './index.ts'
import { tokenFor } from './testing.ts'

let it: TestCore
let server: FastifyInstance
let ana: World
let authorization: string

before(async () => {
  it = await testCore()
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  ana = await buildWorld(it.core)
  authorization = `Bearer ${await tokenFor(ana, ['asset.read', 'asset.create', 'asset.delete'])}`
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function call(method: NonNullable<InjectOptions['method']>, url: string, payload: object = {}) {
  const answer = await server.inject({ method, url, payload, headers: { authorization } })
  return { status: answer.statusCode, body: answer.json() }
}

async function makeFolder(name: string): Promise<string> {
  return (await call('POST', `/v2/assets/${ana.rootId}/children`, { type: 'folder', name })).body.id
}

test('one copy answers with the new asset, many with each under the id it is a copy of', async () => {
  const [from, to] = [await makeFolder('From'), await makeFolder('To')]
  const one = await call('POST', `/v2/assets/${to}/copy`, { id: from })
  assert.deepEqual([one.status, one.body.copy, one.body.parent_id, one.body.name], [200, true, to, 'From'])
  const many = await call('POST', `/v2/batch/assets/${to}/copy`, {
    batch: [{ id: from }, { id: one.body.id }],
    copy_comments: 'all',
  })
  assert.equal(many.status, 200)
  assert.deepEqual(Object.keys(many.body.success).sort(), [from, one.body.id].sort())
  assert.equal(many.body.success[from].copy, true)
  assert.notEqual(many.body.success[from].id, from)
  assert.deepEqual(many.body.error, {})
})

test('many are deleted at once, and one that lies below another with it', async () => {
  const [outer, other] = [await makeFolder('Outer'), await makeFolder('Other')]
  const inner = await call('POST', `/v2/assets/${outer}/children`, { type: 'folder', name: 'Inner' })
  const asset_ids = [inner.body.id, outer, other]
  const gone = await call('DELETE', '/v2/batch/assets', { asset_ids })
  assert.deepEqual([gone.status, gone.body], [200, { error: null }])
  for (const id of asset_ids) assert.equal((await call('GET', `/v2/assets/${id}`)).status, 404)
  const row = it.core.db.selectFrom('assets').select('deleted_with_id').where('id', '=', inner.body.id)
  assert.equal((await row.executeTakeFirst())?.deleted_with_id, outer)
})

test('one foreign id refuses the whole batch (AB07)', async () => {
  const [mine, foreign] = [await makeFolder('Mine'), await buildFile(await buildWorld(it.core, 'Bob'))]
  const deleted = await call('DELETE', '/v2/batch/assets', { asset_ids: [mine, foreign] })
  assert.equal(deleted.status, 404)
  const copied = await call('POST', `/v2/batch/assets/${mine}/copy`, {
    batch: [{ id: mine }, { id: foreign }],
  })
  assert.equal(copied.status, 404)
  assert.equal((await call('GET', `/v2/assets/${mine}`)).body.item_count, 0)
})

test('what is not a batch is refused', async () => {
  for (const payload of [{}, { batch: [] }, { batch: [{ id: 'x' }] }, { batch: 'x' }])
    assert.equal((await call('POST', `/v2/batch/assets/${ana.rootId}/copy`, payload)).status, 422)
  assert.equal((await call('DELETE', '/v2/batch/assets', { asset_ids: 'x' })).status, 422)
})
