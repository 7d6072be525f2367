import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Accounts, authorizeActor, contextFor } from '@rushes/core'
import { buildWorld, type TestCore, testCore, type World } from '@rushes/core/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { api } from './index.ts'

let test_: TestCore
let server: FastifyInstance
let ana: World
let token: string

before(async () => {
  test_ = await testCore()
  server = await api(test_.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  ana = await buildWorld(test_.core)
  token = await tokenFor(ana, [
    'account.read',
    'team.read',
    'project.read',
    'asset.read',
    'asset.create',
    'asset.update',
    'comment.read',
    'comment.create',
  ])
})
after(async () => {
  await server.close()
  await test_[Symbol.asyncDispose]()
})

async function tokenFor(world: World, scopes: string[]): Promise<string> {
  const person = authorizeActor(world.ctx, Accounts.withSession)
  const made = await Accounts.createDeveloperToken(world.ctx, person, {
    description: 'test',
    scopes: scopes as never,
  })
  return made.token
}

async function call(method: InjectOptions['method'], url: string, payload?: object, bearer = token) {
  const options: InjectOptions = {
    method: method ?? 'GET',
    url,
    headers: { authorization: `Bearer ${bearer}` },
  }
  const answer = await server.inject(payload ? { ...options, payload } : options)
  return { status: answer.statusCode, headers: answer.headers, body: answer.json(), text: answer.body }
}

test('from the token to a comment, as a V2 client walks', async () => {
  const me = await call('GET', '/v2/me')
  assert.equal(me.status, 200)
  assert.equal(me.body._type, 'user')
  assert.equal(typeof me.body.upload_url, 'string')
  const accounts = await call('GET', '/v2/accounts')
  assert.equal(accounts.body[0].id, me.body.account_id)
  assert.equal(accounts.body[0].owner.email, me.body.email)
  const teams = await call('GET', `/v2/accounts/${me.body.account_id}/teams`)
  const projects = await call('GET', `/v2/teams/${teams.body[0].id}/projects`)
  const project = await call('GET', `/v2/projects/${projects.body[0].id}`)
  assert.equal(project.body.root_asset.id, project.body.root_asset_id)
  assert.match(project.body.inserted_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  const folder = await call('POST', `/v2/assets/${project.body.root_asset_id}/children`, {
    type: 'folder',
    name: 'Day 1',
  })
  assert.equal(folder.status, 200)
  const file = await call('POST', `/v2/assets/${folder.body.id}/children`, {
    type: 'file',
    name: 'cut.mp4',
    filesize: 60 * 2 ** 20,
  })
  assert.equal(file.body.upload_urls.length, 3)
  assert.equal(file.body.filetype, 'video/mp4')
  const comment = await call('POST', `/v2/assets/${file.body.id}/comments`, {
    text: 'Here',
    timestamp: 100,
    annotation: null,
  })
  assert.match(comment.text, /"frame":100\.0[,}]/)
  assert.equal(comment.body.duration, null)
  const list = await call('GET', `/v2/assets/${file.body.id}/comments`)
  assert.equal(list.headers.total, '1')
  assert.equal(list.headers['page-number'], '1')
  assert.ok(Number(list.headers['x-project-seq']) >= 4)
  const children = await call('GET', `/v2/assets/${project.body.root_asset_id}/children?include=children`)
  assert.equal(children.body[0].children[0].id, file.body.id)
  assert.equal(children.body[0].item_count, 1)
})

test('foreign and absent look the same', async () => {
  const bob = await buildWorld(test_.core, 'Bob')
  const foreign = await call('GET', `/v2/assets/${bob.rootId}`)
  const absent = await call('GET', '/v2/assets/00000000-0000-4000-8000-000000000000')
  assert.equal(foreign.status, 404)
  assert.deepEqual(foreign.body, absent.body)
  assert.deepEqual(foreign.body, {
    code: 404,
    errors: [{ code: 404, detail: 'Could not find the requested resource', status: 404, title: 'Not found' }],
    message: 'Not found',
  })
  assert.equal((await call('GET', '/v2/assets/zzz')).status, 404)
})

test('a scope that the token lacks is 403; no token, or a bad one, 401', async () => {
  const reader = await tokenFor(ana, ['asset.read'])
  const refused = await call(
    'POST',
    `/v2/assets/${ana.rootId}/children`,
    { type: 'folder', name: 'x' },
    reader,
  )
  assert.equal(refused.status, 403)
  assert.equal((await call('GET', '/v2/me', undefined, 'fio-u-nonsense')).status, 401)
  assert.equal((await server.inject('/v2/me')).statusCode, 401)
})

test('what a stranger may send is refused in the contract’s shape, never as 400 or 500', async () => {
  const children = `/v2/assets/${ana.rootId}/children`
  const bad: [string, string, string, number][] = [
    [children, '{"type":"file","name":"x"}', 'application/json', 422],
    [children, '{"type":"nope","name":"x"}', 'application/json', 422],
    [children, '{"type":"folder","name":"a\\u0000b"}', 'application/json', 422],
    [children, '{"type":"folder","name":"\\ud800"}', 'application/json', 422],
    [children, '{nonsense', 'application/json', 422],
    [children, '[]', 'application/json', 422],
    [children, `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'application/json', 422],
    [children, 'x', 'text/plain', 415],
    [children, `{"name":"${'x'.repeat(3 * 2 ** 20)}"}`, 'application/json', 413],
    [children, '{"type":"file","name":"x","filesize":1e300}', 'application/json', 422],
  ]
  for (const [url, payload, type, status] of bad) {
    const answer = await server.inject({
      method: 'POST',
      url,
      payload,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
    })
    assert.equal(answer.statusCode, status, `${payload.slice(0, 60)} → ${answer.body}`)
    assert.equal(answer.json().code, status)
    assert.ok(Array.isArray(answer.json().errors))
  }
})

test('a cookie signs in the web client, and alone changes nothing', async () => {
  const anyone = contextFor(test_.core, { kind: 'anonymous' })
  await Accounts.signUp(anyone, authorizeActor(anyone, Accounts.everyone), {
    name: 'Cleo',
    email: 'cleo@example.com',
    password: 'correct horse',
  })
  const signIn = (password: string) =>
    server.inject({
      method: 'POST',
      url: '/session',
      payload: { email: 'cleo@example.com', password },
      headers: { 'x-rushes-client': 'web' },
    })
  assert.equal((await signIn('wrong')).statusCode, 401)
  const right = await signIn('correct horse')
  assert.equal(right.json().user.name, 'Cleo')
  const cookies = { rushes_session: right.cookies[0]?.value ?? '' }
  assert.equal((await server.inject({ url: '/v2/me', cookies })).statusCode, 200)
  const forged = {
    method: 'POST' as const,
    url: '/v2/developer_tokens',
    cookies,
    payload: { description: 'x', scopes: ['asset.read'] },
  }
  assert.equal((await server.inject(forged)).statusCode, 403)
  const made = await server.inject({ ...forged, headers: { 'x-rushes-client': 'web' } })
  assert.match(made.json().token, /^fio-u-/)
  const again = await server.inject({
    ...forged,
    cookies: {},
    headers: { authorization: `Bearer ${made.json().token}` },
  })
  assert.equal(again.statusCode, 403, 'a token makes no tokens')
})

test('a guest of a review link sees its set, comments, and nothing else', async () => {
  const all = await tokenFor(ana, [
    'asset.create',
    'reviewlink.create',
    'reviewlink.update',
    'comment.create',
    'comment.read',
  ])
  const create = (name: string) =>
    call('POST', `/v2/assets/${ana.rootId}/children`, { type: 'file', name, filesize: 10 }, all)
  const [shared, hidden] = [await create('shared.mp4'), await create('hidden.mp4')]
  const secret = await call(
    'POST',
    `/v2/assets/${shared.body.id}/comments`,
    { text: 'for us', private: true },
    all,
  )
  assert.equal(secret.status, 200)
  const link = await call(
    'POST',
    `/v2/projects/${ana.projectId}/review_links`,
    { name: 'Client', password: 'sesame', asset_ids: [shared.body.id] },
    all,
  )
  assert.equal(link.body.has_password, true)
  assert.equal(link.body.password, null)
  const code = link.body.short_url.split('/r/')[1]
  const door = await server.inject(`/review/${code}`)
  assert.deepEqual([door.json().needs_password, door.json().link.name], [true, null])
  const enter = (password: string) =>
    server.inject({
      method: 'POST',
      url: `/review/${code}/enter`,
      payload: { name: 'Guest', password },
      headers: { 'x-rushes-client': 'web' },
    })
  assert.equal((await enter('wrong')).statusCode, 422)
  const cookies = { rushes_guest: (await enter('sesame')).cookies[0]?.value ?? '' }
  const get = async (url: string) => (await server.inject({ url, cookies })).statusCode
  assert.equal(await get(`/v2/review_links/${link.body.id}/items`), 200)
  assert.equal(await get(`/v2/assets/${shared.body.id}`), 200)
  assert.equal(await get(`/v2/assets/${hidden.body.id}`), 404)
  assert.equal(await get(`/v2/projects/${ana.projectId}`), 403)
  const seen = await server.inject({ url: `/v2/assets/${shared.body.id}/comments`, cookies })
  assert.deepEqual(seen.json(), [])
  const wrote = await server.inject({
    method: 'POST',
    url: `/v2/assets/${shared.body.id}/comments`,
    payload: { text: 'From outside', timestamp: 3 },
    cookies,
    headers: { 'x-rushes-client': 'web' },
  })
  assert.equal(wrote.json().anonymous_user.name, 'Guest')
  await call('PUT', `/v2/review_links/${link.body.id}`, { password: 'changed' }, all)
  assert.equal(await get(`/v2/assets/${shared.body.id}`), 404, 'a changed password ends the stay')
})
