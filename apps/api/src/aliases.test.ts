import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildFile, buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { api } from './index.ts'
import { tokenFor } from './testing.ts'

let it: TestCore
let server: FastifyInstance
let ana: World
let bob: World
let token: string
let strangers: string

before(async () => {
  it = await testCore()
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  ana = await buildWorld(it.core)
  bob = await buildWorld(it.core, 'Bob')
  const scopes = [
    'asset.read',
    'asset.create',
    'asset.update',
    'project.read',
    'project.update',
    'webhook.create',
    'webhook.read',
    'reviewlink.create',
    'reviewlink.read',
    'reviewlink.update',
  ] as const
  token = await tokenFor(ana, [...scopes])
  strangers = await tokenFor(bob, [...scopes])
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function call(
  method: NonNullable<InjectOptions['method']>,
  url: string,
  payload: object = {},
  bearer = token,
) {
  const headers = { authorization: `Bearer ${bearer}` }
  const answer = await server.inject({ method, url, payload, headers })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

test('collaborators, pending or not, are removed by their own id, and by their project’s people alone', async () => {
  const me = await call('GET', '/v2/me', {}, strangers)
  const collaborators = `/v2/projects/${ana.projectId}/collaborators`
  const known = await call('POST', collaborators, { email: me.body.email })
  const pending = await call('POST', collaborators, { email: 'nobody@example.com' })
  assert.deepEqual([known.body._type, pending.body._type], ['collaborator', 'pending_collaborator'])
  const other = await buildWorld(it.core, 'Other')
  const foreign = await tokenFor(other, ['project.update'])
  const path = `/v2/collaborators/${known.body.id}`
  assert.equal((await call('DELETE', path, {}, foreign)).status, 404)
  assert.equal((await call('DELETE', path)).body.user.email, me.body.email)
  assert.equal((await call('DELETE', path)).status, 404)
  const removed = await call('DELETE', `/v2/pending_collaborators/${pending.body.id}`)
  assert.equal(removed.body.email, 'nobody@example.com')
  assert.equal((await call('GET', collaborators)).headers.total, '0')
})

test('many are brought in and let go at once, all or none', async () => {
  const url = `/v2/batch/projects/${ana.projectId}/collaborators`
  const counted = async () =>
    (await call('GET', `/v2/projects/${ana.projectId}/pending_collaborators`)).headers.total
  it.enqueued.length = 0
  const batch = [{ email: 'one@example.com' }, { email: 'two@example.com', message: 'Hi' }]
  assert.deepEqual((await call('POST', url, { batch, send_email: false })).body, { error: null })
  assert.equal(await counted(), '2')
  assert.deepEqual(it.enqueued, [], 'no mail was wanted')
  assert.equal(
    (await call('DELETE', url, { batch: [batch[0], { email: 'absent@example.com' }] })).status,
    404,
  )
  assert.equal(await counted(), '2')
  assert.deepEqual((await call('DELETE', url, { batch })).body, { error: null })
  assert.equal(await counted(), '0')
  assert.equal((await call('POST', url, { batch: [batch[0], { email: 'x' }] })).status, 422)
  await call('POST', url, { batch })
  assert.equal(it.enqueued.length, 2)
})

test('the tree is the project from its root, as deep as asked for', async () => {
  const folder = await call('POST', `/v2/assets/${ana.rootId}/children`, { type: 'folder', name: 'Day 1' })
  const file = { type: 'file', name: 'cut.mp4', filesize: 5 }
  const cut = await call('POST', `/v2/assets/${folder.body.id}/children`, file)
  const tree = await call('GET', `/v2/projects/${ana.projectId}/tree?depth=2&only_fields=id`)
  assert.equal(tree.body.id, ana.rootId)
  assert.equal(tree.body.children[0].id, folder.body.id)
  assert.deepEqual(
    tree.body.children[0].children.map((child: { id: string; children: [] }) => [child.id, child.children]),
    [[cut.body.id, []]],
  )
  const shallow = await call('GET', `/v2/projects/${ana.projectId}/tree?depth=1`)
  assert.deepEqual(shallow.body.children[0].children, [])
  assert.equal((await call('GET', `/v2/projects/${ana.projectId}/tree`, {}, strangers)).status, 404)
})

test('a team’s hooks are listed without their secret', async () => {
  const url = `/v2/teams/${ana.teamId}/hooks`
  const made = await call('POST', url, {
    name: 'Copies',
    url: 'https://example.com/hook',
    events: ['asset.copied'],
  })
  const list = await call('GET', url)
  assert.deepEqual(
    [list.headers.total, list.body[0].id, list.body[0].events],
    ['1', made.body.id, ['asset.copied']],
  )
  assert.equal(list.body[0].secret, undefined)
  assert.equal((await call('GET', url, {}, strangers)).status, 404)
})

test('audio and subtitle streams are told by language', async () => {
  const file = await buildFile(ana, 'sound.mov')
  const none = await call('GET', `/v2/assets/${file}/audio`)
  assert.deepEqual(none.body, { _type: 'asset_audio', id: file, audio_tracks: [] })
  const streams = [
    { codec_type: 'video' },
    { codec_type: 'audio', tags: { language: 'eng' } },
    { codec_type: 'audio' },
    { codec_type: 'subtitle', tags: { language: 'deu' } },
  ]
  await it.database.db.kysely
    .insertInto('asset_media')
    .values({ asset_id: file, probe: JSON.stringify({ streams }) })
    .execute()
  assert.deepEqual((await call('GET', `/v2/assets/${file}/audio`)).body.audio_tracks, ['eng', 'und'])
  assert.deepEqual((await call('GET', `/v2/assets/${file}/subtitles`)).body, {
    _type: 'asset_subtitle',
    id: file,
    subtitle_tracks: ['deu'],
  })
})

test('an import by URL is refused instead of made into an upload that never ends', async () => {
  const children = `/v2/assets/${ana.rootId}/children`
  const file = { type: 'file', name: 'far.mp4', filesize: 5 }
  const refused = await call('POST', children, { ...file, source: { url: 'https://example.com/far.mp4' } })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.errors[0].field, 'source')
  assert.equal((await call('POST', children, { ...file, source: null })).status, 200)
})

test('what is taken out of a link comes back as its items', async () => {
  const [one, two] = [await buildFile(ana, 'one.mp4'), await buildFile(ana, 'two.mp4')]
  const made = { name: 'Client', asset_ids: [one, two] }
  const link = await call('POST', `/v2/projects/${ana.projectId}/review_links`, made)
  const items = `/v2/review_links/${link.body.id}/items/shared`
  const removed = await call('DELETE', items, { asset_ids: [one, ana.rootId] })
  assert.deepEqual(
    removed.body.map((item: { _type: string; asset: { id: string } }) => [item._type, item.asset.id]),
    [['review_link_item', one]],
  )
  const left = await call('GET', items)
  assert.deepEqual([left.headers.total, left.body[0].asset.id], ['1', two])
  assert.deepEqual(Object.keys(left.body[0]).sort(), Object.keys(removed.body[0]).sort())
})
