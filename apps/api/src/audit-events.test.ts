import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Consumers, Log } from '@rushes/core'
import { buildFile, buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance } from 'fastify'
import { api } from './index.ts'
import { tokenFor } from './testing.ts'

let it: TestCore
let server: FastifyInstance
let ana: World
let bob: World
let file: string
const tokens = new Map<World, string>()

before(async () => {
  it = await testCore()
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  ana = await buildWorld(it.core)
  bob = await buildWorld(it.core, 'Bob')
  for (const world of [ana, bob])
    tokens.set(
      world,
      await tokenFor(world, [
        'auditlog.read',
        'asset.update',
        'project.update',
        'asset.create',
        'asset.read',
      ]),
    )
  file = await buildFile(ana)
  const me = await get('/v2/me', bob)
  await post(`/v2/projects/${ana.projectId}/collaborators`, { email: me.body.email })
  await post(`/v2/assets/${file}/label`, { label: 'approved' })
  await post(`/v2/assets/${ana.rootId}/children`, { type: 'folder', name: 'By Bob' }, bob)
  const lease = await Log.takeLease(it.core, 'audits', 'test')
  assert.ok(lease)
  do await Log.stepLane(it.core, lease, Consumers.recordAudits, 500)
  while ((await Log.readLanes(it.core))[0]?.lag_events !== 0)
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function get(url: string, as = ana) {
  const answer = await server.inject({ url, headers: { authorization: `Bearer ${tokens.get(as)}` } })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

async function post(url: string, payload: object, as = ana) {
  const headers = { authorization: `Bearer ${tokens.get(as)}` }
  const answer = await server.inject({ method: 'POST', url, payload, headers, remoteAddress: '192.0.2.7' })
  assert.equal(answer.statusCode, 200, answer.body)
}

const types = (body: { event_type: string }[]) => body.map((event) => event.event_type)
const account = (filters = '') => get(`/v2/accounts/${ana.accountId}/events?${filters}`)

test('an account’s events are V2’s by name and shape, latest first', async () => {
  const { body, headers } = await account()
  assert.equal(headers['per-page'], '50')
  assert.deepEqual(types(body).slice(0, 4), [
    'asset_created',
    'label_updated',
    'collaborator_added',
    'asset_created',
  ])
  const [label] = body.filter((event: { event_type: string }) => event.event_type === 'label_updated')
  assert.equal(typeof label.id, 'number')
  assert.deepEqual(
    [label.resource_type, label.resource_id, label.user_id, label.ip_address, label.source],
    ['asset', file, ana.userId, '192.0.2.7', 'api'],
  )
})

test('each filter narrows, and what it can not mean finds nothing', async () => {
  const found = async (filters: string) => types((await account(filters)).body)
  assert.deepEqual(await found('filters[event_type]=label_updated'), ['label_updated'])
  assert.deepEqual(await found('filters[event_type]=collaborator_added'), ['collaborator_added'])
  assert.deepEqual(await found(`filters[resource_id]=${file}`), ['label_updated', 'asset_created'])
  assert.deepEqual(await found(`filters[user_id]=${bob.userId}`), ['asset_created'])
  assert.equal((await found('filters[ip_address]=192.0.2.7')).length, 3)
  assert.equal((await found('filters[resource_type]=collaborator')).length, 1)
  assert.equal(
    (await found(`filters[project_id]=${ana.projectId}&filters[event_type]=asset_created`)).length,
    2,
  )
  const today = new Date().toISOString().slice(0, 10)
  const all = await found('')
  assert.deepEqual(await found(`filters[start_date]=${today}&filters[end_date]=${today}`), all)
  assert.deepEqual(await found('filters[end_date]=2020-01-01'), [])
  assert.deepEqual(await found('filters[team_id]=x'), [])
  assert.equal((await account('filters[start_date]=x')).status, 422)
})

test('the legacy log takes an address and a moment too', async () => {
  const found = async (filter: string) =>
    (await get(`/v2/accounts/${ana.accountId}/audit_logs?${filter}`)).headers.total
  assert.equal(await found('filter[ip_address]=192.0.2.7'), '3')
  assert.equal(await found('filter[inserted_at][op]=lt&filter[inserted_at][value]=2020-01-01'), '0')
})

test('only an account’s admins read its events', async () => {
  assert.equal((await get(`/v2/accounts/${ana.accountId}/events`, bob)).status, 404)
})

test('a person reads all they did; an admin what they did in the admin’s account', async () => {
  const own = await get(`/v2/users/${bob.userId}/events`, bob)
  const seen = await get(`/v2/users/${bob.userId}/events`)
  assert.ok(own.body.some((event: { account_id: string }) => event.account_id === bob.accountId))
  assert.deepEqual(types(seen.body), ['asset_created'])
  assert.equal(seen.body[0].account_id, ana.accountId)
  assert.equal((await get(`/v2/users/${ana.userId}/events`, bob)).status, 404)
})
