import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildFile, buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance } from 'fastify'
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
  authorization = `Bearer ${await tokenFor(ana, ['asset.read'])}`
  for (let n = 1; n <= 12; n++) await buildFile(ana, `take ${n}.mp4`)
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function get(url: string) {
  const answer = await server.inject({ url, headers: { authorization } })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

async function post(url: string, payload: object) {
  const answer = await server.inject({ method: 'POST', url, payload, headers: { authorization } })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

test('pages hold ten; a POST links to pages by `page` alone, and the page in the address wins', async () => {
  const first = await post('/v2/search/library', { account_id: ana.accountId, q: 'take', page: 1 })
  assert.deepEqual([first.status, first.body.length, first.headers.total], [200, 10, '12'])
  assert.equal(first.headers['per-page'], '10')
  assert.equal(
    first.headers.link,
    ['2>; rel="next"', '1>; rel="first"', '2>; rel="last"']
      .map((end) => `<http://rushes.test/v2/search/library?page=${end}`)
      .join(', '),
  )
  const last = await post('/v2/search/library?page=2', { account_id: ana.accountId, q: 'take', page: 1 })
  assert.deepEqual([last.body.length, last.headers['page-number']], [2, '2'])
})

test('what is found is an asset with its project', async () => {
  const { body } = await get('/v2/search/assets?q=take&sort=-name&page_size=1')
  assert.deepEqual([body[0].name, body[0]._type, body[0].type], ['take 9.mp4', 'file', 'file'])
  assert.equal(body[0].project.root_asset_id, ana.rootId)
})

test('a GET takes its filter as JSON text or in brackets', async () => {
  const json = encodeURIComponent('{"name":{"op":"eq","value":"take 3.mp4"}}')
  for (const query of [`filter=${json}`, 'filter[name][op]=eq&filter[name][value]=take%203.mp4'])
    assert.deepEqual(
      (await get(`/v2/search/assets?${query}`)).body.map((asset: { name: string }) => asset.name),
      ['take 3.mp4'],
    )
  assert.equal((await get('/v2/search/assets?filter={nonsense')).status, 422)
  assert.equal(
    (await post('/v2/search/assets', { filter: { filesize: { op: 'gt', value: 'x' } } })).status,
    422,
  )
})
