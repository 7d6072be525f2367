import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Consumers, Log, SCOPES } from '@rushes/core'
import {
  buildComment,
  buildFile,
  buildWorld,
  type TestCore,
  testCore,
  type World,
} from '@rushes/core/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { api, routes } from './index.ts'
import { tokenFor } from './testing.ts'

/** The twelve rules whose breach breaks real V2 clients (v2 section 0); H10 is in uploads.test.ts. */
let it: TestCore
let server: FastifyInstance
let ana: World
let token: string
/** An id of the world for each name that a path of the route table has. */
const ids = new Map<string, string>()

before(async () => {
  it = await testCore()
  server = await api(it.core, { publicUrl: 'http://rushes.test', trustedProxies: [] })
  ana = await buildWorld(it.core)
  token = await tokenFor(ana, [...SCOPES])
  const [file, next] = [await buildFile(ana), await buildFile(ana, 'next.mp4')]
  const made = async (url: string, payload: object) => (await call('POST', url, payload)).body.id
  const stack = await made(`/v2/assets/${file}/version`, { next_asset_id: next })
  const hook = { name: 'All', url: 'https://example.com/hook', events: ['asset.created', 'comment.created'] }
  for (const [name, id] of Object.entries({
    account_id: ana.accountId,
    team_id: ana.teamId,
    project_id: ana.projectId,
    user_id: ana.userId,
    asset_id: ana.rootId,
    file_id: file,
    stack_id: stack,
    comment_id: await buildComment(ana, file),
    hook_id: await made(`/v2/teams/${ana.teamId}/hooks`, hook),
    review_link_id: await made(`/v2/projects/${ana.projectId}/review_links`, {
      name: 'Client',
      asset_ids: [stack],
    }),
  }))
    ids.set(name, id)
})
after(async () => {
  await server.close()
  await it[Symbol.asyncDispose]()
})

async function send(options: InjectOptions) {
  const answer = await server.inject({
    ...options,
    headers: { authorization: `Bearer ${token}`, ...options.headers },
  })
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: answer.json() }
}

function call(method: NonNullable<InjectOptions['method']>, url: string, payload?: object) {
  return send(payload ? { method, url, payload } : { method, url })
}

const paged = ['link', 'total', 'per-page', 'total-pages', 'page-number']

/** Every V2 route of the table that a token opens and whose ids the world has, with them filled in. */
function tour(methods: string[]) {
  const named = routes.filter(
    ({ method, path, policy }) =>
      methods.includes(method) && path.startsWith('/v2/') && policy !== 'person.session',
  )
  const filled = named.map((route) => ({
    ...route,
    url: route.path.replaceAll(/:(\w+)/g, (whole, name) => ids.get(name) ?? whole),
  }))
  return filled.filter(({ url }) => !url.includes(':'))
}

const children = (id = ana.rootId) => `/v2/assets/${id}/children`

test('H1 and H2: success is 200 with a JSON object, for making, changing and removing alike', async () => {
  const steps: [NonNullable<InjectOptions['method']>, (id: string) => string, object?][] = [
    ['POST', () => children(), { type: 'folder', name: 'One' }],
    ['PUT', (id) => `/v2/assets/${id}`, { name: 'Two' }],
    ['DELETE', (id) => `/v2/assets/${id}`],
    ['PUT', (id) => `/v2/assets/${id}/restore`],
    ['POST', () => `/v2/assets/${ids.get('file_id')}/comments`, { text: 'Hm' }],
    ['POST', (id) => `/v2/comments/${id}/complete`],
    ['DELETE', (id) => `/v2/comments/${id}/complete`],
    ['DELETE', (id) => `/v2/comments/${id}`],
    ['POST', () => `/v2/projects/${ana.projectId}/collaborators`, { email: 'new@example.com' }],
    ['DELETE', (id) => `/v2/pending_collaborators/${id}`],
    ['POST', () => `/v2/projects/${ana.projectId}/review_links`, { name: 'L' }],
    ['DELETE', (id) => `/v2/review_links/${id}`],
  ]
  let id = ''
  for (const [method, path, payload] of steps) {
    const { status, body, headers } = await call(method, path(id), payload)
    assert.equal(status, 200, `${method} ${path(id)}`)
    assert.match(String(headers['content-type']), /^application\/json; charset=utf-8$/)
    id = body.id
    assert.match(id, /^[0-9a-f-]{36}$/)
    for (const name of paged) assert.equal(headers[name], undefined, `${name} on ${path(id)}`)
  }
})

test('H2: refusals are JSON too, where there is no such path as well', async () => {
  for (const url of [
    '/v2/assets/x/items',
    '/v2/folders/x/children',
    '/v2/nothing',
    `/v2/assets/${ana.userId}`,
  ]) {
    const { status, body } = await call('GET', url)
    assert.deepEqual([status, body.code, body.errors[0].status], [404, 404, 404], url)
  }
})

test('H3: every list is a bare array that says where it ends; nothing else does', async () => {
  const seen = { lists: 0, single: 0 }
  for (const { url, list, name } of tour(['GET'])) {
    const { status, headers, body } = await call('GET', url)
    assert.equal(status, 200, `${name}: ${JSON.stringify(body)}`)
    assert.equal(Array.isArray(body), list, name)
    seen[list ? 'lists' : 'single']++
    for (const header of paged) {
      if (list) assert.match(String(headers[header]), header === 'link' ? /rel="last"$/ : /^\d+$/, name)
      else assert.equal(headers[header], undefined, name)
    }
  }
  assert.ok(seen.lists >= 15 && seen.single >= 10, JSON.stringify(seen))
})

test('H3: a list without rows still says where it ends, and pages past the end are empty', async () => {
  const empty = await call('GET', `/v2/projects/${ana.projectId}/collaborators?page=7&page_size=9999`)
  assert.deepEqual(empty.body, [])
  assert.equal(empty.headers.total, '0')
  assert.equal(empty.headers['total-pages'], '1')
  assert.equal(empty.headers['per-page'], '500')
  const beyond = await call('GET', `/v2/projects/${ana.projectId}/review_links?page=9&page_size=1`)
  const first = await call('GET', `/v2/projects/${ana.projectId}/review_links?page=1&page_size=1`)
  assert.deepEqual([beyond.body, beyond.headers.total], [[], first.headers.total])
  assert.notEqual(first.headers.total, '0')
  const pages = await call('GET', `${children(ids.get('stack_id'))}?page=2&page_size=1`)
  assert.equal(
    pages.headers.link,
    ['1>; rel="prev"', '1>; rel="first"', '2>; rel="last"']
      .map((end) =>
        `<http://rushes.test${children(ids.get('stack_id'))}?page=${end}`.replace('>', '&page_size=1>'),
      )
      .join(', '),
  )
})

test('H4: a GET or DELETE may carry a JSON body, whose keys the query overrules', async () => {
  const got = await call('GET', `${children()}?page_size=1`, { page: 2, page_size: 20 })
  assert.equal(got.headers['per-page'], '1')
  assert.equal(got.headers['page-number'], '2')
  assert.equal((await call('GET', '/v2/me', {})).status, 200)
  const made = await call('POST', children(), { type: 'folder', name: 'Gone' })
  assert.equal((await call('DELETE', '/v2/batch/assets', { asset_ids: [made.body.id] })).status, 200)
})

test('H5: forms of both kinds are taken, and their texts coerced', async () => {
  const url = children()
  const fields = { type: 'file', name: 'form.mov', filesize: '12', private: 'true' }
  const boundary = 'x1y2'
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const forms = {
    'application/x-www-form-urlencoded': new URLSearchParams(fields).toString(),
    [`multipart/form-data; boundary=${boundary}`]: `${parts.join('')}--${boundary}--\r\n`,
  }
  for (const [type, payload] of Object.entries(forms)) {
    const { status, body } = await send({ method: 'POST', url, payload, headers: { 'content-type': type } })
    assert.deepEqual([status, body.filesize, body.private], [200, 12, true], type)
  }
})

test('H6: what is unknown is ignored, null is absent, and sizes are clamped', async () => {
  const query =
    'only_fields=a&drop_includes=b&hard_drop_fields=c&excluded_fields=d&include=string&page_size=9999'
  for (const { url, name } of tour(['GET']))
    assert.equal((await call('GET', `${url}?${query}`)).status, 200, name)
  const sized = async (size: string) =>
    (await call('GET', `${children()}?page_size=${size}`)).headers['per-page']
  assert.deepEqual(
    [await sized('500'), await sized('9999'), await sized('0'), await sized('x')],
    ['500', '500', '1', '50'],
  )
  const nulls = { annotation: null, timestamp: null, duration: null, page: null, never_heard_of: { a: 1 } }
  const made = await call('POST', `/v2/assets/${ids.get('file_id')}/comments`, { text: 'Hm', ...nulls })
  assert.equal(made.status, 200)
})

test('H7: nothing that a client may send is a 400 or a 5xx', async () => {
  const junk = [
    {},
    { id: 'x', type: 7, name: ['a'] },
    { name: '\u0000', text: '\ud800', email: '@', batch: [1] },
    { events: {}, filter: [], filesize: -1, asset_ids: 'x', next_asset_id: 9, label: 'x', page: {} },
  ]
  let count = 0
  for (const { url, method, name } of tour(['GET', 'POST', 'PUT']))
    for (const payload of junk) {
      const { status, body } = await send({ method: method as 'POST', url, payload })
      assert.ok(status < 500 && status !== 400, `${name} ${JSON.stringify(payload)} → ${status}`)
      if (status >= 400) assert.equal(body.code, status, name)
      count++
    }
  assert.ok(count > 150, String(count))
  for (const payload of ['{nonsense', '[]', '"x"', `{"a":${'['.repeat(500)}${']'.repeat(500)}}`]) {
    const headers = { 'content-type': 'application/json' }
    assert.equal((await send({ method: 'POST', url: children(), payload, headers })).status, 422)
  }
  const odd: InjectOptions[] = [
    { url: '/v2/assets/%zz' },
    { url: `/v2/assets/${'x'.repeat(5_000)}` },
    { method: 'POST', url: children(), payload: 'x', headers: { 'content-type': 'multipart/form-data' } },
    { method: 'POST', url: children(), payload: '', headers: { 'content-type': 'application/json' } },
    { method: 'POST', url: children(), payload: '{}', headers: { 'content-type': 'no type at all' } },
  ]
  const cut = '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nhal'
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
  odd.push({ method: 'POST', url: children(), payload: cut, headers: multipart })
  for (const options of odd) {
    const { status, body } = await send(options)
    assert.ok([404, 415, 422].includes(status), `${JSON.stringify(options).slice(0, 80)} → ${status}`)
    assert.equal(body.code, status)
  }
})

test('H8: every moment is UTC with six digits of a second', async () => {
  let moments = 0
  for (const { url } of tour(['GET'])) {
    const { text } = await call('GET', url)
    for (const [moment] of text.matchAll(/\d{4}-\d\d-\d\dT[^"]*/g)) {
      assert.match(moment, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/, url)
      moments++
    }
  }
  assert.ok(moments > 50)
})

test('H9: assets have every key that clients read without looking', async () => {
  const keys = [
    'id',
    '_type',
    'type',
    'name',
    'parent_id',
    'project_id',
    'filesize',
    'filetype',
    'item_count',
    'comment_count',
    'inserted_at',
    'uploaded_at',
    'upload_completed_at',
    'original',
    'checksums',
    'is_session_watermarked',
    'frames',
    'private',
    'label',
    'view_count',
  ]
  await call('POST', children(), { type: 'folder', name: 'Folder' })
  const { body } = await call('GET', `${children()}?include=children`)
  const versions = await call('GET', `${children(ids.get('stack_id'))}?include=children`)
  const assets = [...body, ...versions.body]
  assert.deepEqual(new Set(assets.map((asset) => asset.type)), new Set(['file', 'folder', 'version_stack']))
  for (const asset of assets) {
    assert.deepEqual(
      [...keys, 'children'].filter((key) => asset[key] === undefined),
      [],
      asset.type,
    )
    assert.equal(asset._type, asset.type)
    assert.ok(Array.isArray(asset.children))
    for (const count of ['item_count', 'comment_count', 'frames', 'view_count', 'filesize'])
      assert.equal(typeof asset[count], 'number', count)
    if (asset.type === 'version_stack') assert.equal(asset.cover_asset._type, 'file')
  }
})

test('H11: a webhook’s body is compact JSON with its keys in order', async () => {
  await call('POST', children(), { type: 'folder', name: 'Told' })
  const lease = await Log.takeLease(it.core, 'webhooks', 'test')
  assert.ok(lease)
  const count = it.core.db.selectFrom('webhook_deliveries').select('body').limit(1)
  do await Log.stepLane(it.core, lease, Consumers.queueDeliveries, 500)
  while (!(await count.executeTakeFirst()))
  const { body } = await count.executeTakeFirstOrThrow()
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted()
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value
  assert.equal(body, JSON.stringify(sorted(JSON.parse(body))))
  assert.deepEqual(Object.keys(JSON.parse(body)), ['project', 'resource', 'team', 'type', 'user'])
})

test('H12: a frame has a decimal part, and duration is always there', async () => {
  const comments = `/v2/assets/${ids.get('file_id')}/comments`
  for (const [timestamp, frame] of [
    [100, '100.0'],
    [0, '0.0'],
    [12.5, '12.5'],
    [undefined, 'null'],
  ]) {
    const { text, body } = await call('POST', comments, { text: 'Here', timestamp })
    assert.ok(text.includes(`"frame":${frame},`) || text.includes(`"frame":${frame}}`), text)
    assert.equal(body.duration, null)
  }
})
