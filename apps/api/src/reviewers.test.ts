import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { api } from './index.ts'
import { tokenFor } from './testing.ts'

let it: TestCore
let server: FastifyInstance
let ana: World
let bob: World
let token: string
let reviewers: string

before(async () => {
  it = await testCore()
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  ana = await buildWorld(it.core)
  bob = await buildWorld(it.core, 'Bob')
  token = await tokenFor(ana, ['reviewlink.create', 'reviewlink.read', 'reviewlink.update'])
  const link = await call('POST', `/v2/projects/${ana.projectId}/review_links`, { name: 'Client' })
  reviewers = `/v2/review_links/${link.body.id}/reviewers`
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function call(method: NonNullable<InjectOptions['method']>, url: string, payload = {}, bearer = token) {
  const headers = { authorization: `Bearer ${bearer}` }
  const answer = await server.inject({ method, url, payload, headers })
  return { status: answer.statusCode, body: answer.json() }
}

async function count(): Promise<number> {
  return (await call('GET', reviewers.replace('/reviewers', ''))).body.reviewer_count
}

async function announced(): Promise<string[]> {
  const rows = await it.core.db
    .selectFrom('events')
    .select('type')
    .where('project_id', '=', ana.projectId)
    .where('type', 'like', 'reviewer.%')
    .orderBy('project_seq')
    .execute()
  return rows.map((row) => row.type)
}

test('people are named once by e-mail, whether known or not, and taken off by e-mail or id', async () => {
  const bobs = await tokenFor(bob, ['account.read'])
  const { email } = (await call('GET', '/v2/me', {}, bobs)).body
  const both = { emails: [email.toUpperCase(), 'new@example.com'], message: 'Have a look' }
  const added = await call('POST', reviewers, both)
  assert.deepEqual(
    [added.status, added.body.map((one: { _type: string }) => one._type)],
    [200, ['reviewer', 'pending_reviewer']],
  )
  assert.deepEqual([added.body[0].user.id, added.body[1].email], [bob.userId, 'new@example.com'])
  const again = await call('POST', reviewers, { email })
  assert.deepEqual(again.body, [added.body[0]])
  assert.equal(await count(), 2)
  const elsewhere = await call('POST', `/v2/projects/${ana.projectId}/review_links`, { name: 'Other' })
  const reviewer_ids = added.body.map((one: { id: string }) => one.id)
  const foreign = await call('DELETE', `/v2/review_links/${elsewhere.body.id}/reviewers`, { reviewer_ids })
  assert.deepEqual(foreign.body, [], 'those of another link stay')
  const one = await call('DELETE', reviewers, { email: 'New@example.com' })
  assert.deepEqual(one.body, [added.body[1]])
  const other = await call('DELETE', reviewers, { reviewer_ids: [added.body[0].id] })
  assert.equal(other.body[0].user_id, bob.userId)
  assert.equal(await count(), 0)
  assert.deepEqual(await call('DELETE', reviewers, { email }), { status: 200, body: [] })
  const twice = (type: string) => [type, type]
  assert.deepEqual(await announced(), [...twice('reviewer.created'), ...twice('reviewer.deleted')])
})

test('nobody is named by a stranger, nor without an address', async () => {
  const strangers = await tokenFor(bob, ['reviewlink.update'])
  assert.equal((await call('POST', reviewers, { email: 'x@example.com' }, strangers)).status, 404)
  for (const payload of [{}, { email: 'nonsense' }, { emails: 'x@example.com' }])
    assert.equal((await call('POST', reviewers, payload)).status, 422)
  assert.equal((await call('DELETE', reviewers, { asset_ids: [] })).status, 422)
})
