import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Accounts, authorize, type Core, Projects } from '@rushes/core'
import {
  asUser,
  buildComment,
  buildFile,
  buildWorld,
  type TestCore,
  testCore,
  type World,
} from '@rushes/core/testing'
import { type Broadcaster, createCache, createSender, signWebhook, startBroadcaster } from './index.ts'

let test_: TestCore
let core: Core
let broadcaster: Broadcaster
let ana: World
const sender = createSender({ allowInsecureLoopback: true })
const cache = createCache()

before(async () => {
  test_ = await testCore()
  core = { ...test_.core, cache }
  broadcaster = startBroadcaster(core, { sender })
  ana = await buildWorld(core)
})
after(async () => {
  await broadcaster[Symbol.asyncDispose]()
  await sender[Symbol.asyncDispose]()
  await cache[Symbol.asyncDispose]()
  await test_[Symbol.asyncDispose]()
})

async function addCollaborator(world: World): Promise<World> {
  const other = await buildWorld(core, 'Colla')
  const { email } = await core.db
    .selectFrom('users')
    .select('email')
    .where('id', '=', other.userId)
    .executeTakeFirstOrThrow()
  const project = await authorize(world.ctx, Projects.inviteToProject, world.projectId)
  await Projects.addCollaborator(world.ctx, project, { email })
  return other
}

/** A local sink that keeps what it is sent. */
async function openSink() {
  const got: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { url, got, [Symbol.asyncDispose]: async () => void server.close() }
}

test('one comment is heard by every lane: audit, usage, analytics, people who watch, and a signed webhook', async () => {
  await using sink = await openSink()
  const colla = await addCollaborator(ana)
  const team = await authorize(ana.ctx, Accounts.createWebhookPolicy, ana.teamId)
  const hook = await Projects.createWebhook(ana.ctx, team, {
    name: 'sink',
    url: sink.url,
    events: ['comment.created'],
  })
  const assetId = await buildFile(ana)
  const commentId = await buildComment(ana, assetId, 'Look here')
  await broadcaster.settle()

  const audits = await core.db.selectFrom('audits').selectAll().where('item_id', '=', commentId).execute()
  assert.deepEqual(
    audits.map(({ action, actor_id, source }) => ({ action, actor_id, source })),
    [{ action: 'CommentCreated', actor_id: ana.userId, source: 'test' }],
  )
  const usage = await core.db
    .selectFrom('usage_counters')
    .select(['metric', 'value'])
    .where('project_id', '=', ana.projectId)
    .execute()
  assert.equal(usage.find((row) => row.metric === 'comments')?.value, 1)
  assert.equal(usage.find((row) => row.metric === 'storage')?.value, 1000)
  const analytics = await core.db
    .selectFrom('analytics_rows')
    .select(['name', 'actor_key'])
    .where('asset_id', '=', assetId)
    .execute()
  assert.deepEqual(analytics, [{ name: 'comment.created', actor_key: `user:${ana.userId}` }])
  const told = await core.db
    .selectFrom('notifications')
    .select(['user_id', 'reason', 'text'])
    .where('comment_id', '=', commentId)
    .execute()
  assert.deepEqual(told, [{ user_id: colla.userId, reason: 'watcher', text: 'Ana commented on cut.mp4' }])

  assert.equal(sink.got.length, 1)
  const { headers, body } = sink.got[0] ?? { headers: {}, body: '' }
  assert.equal(
    body,
    `{"project":{"id":"${ana.projectId}"},"resource":{"id":"${commentId}","type":"comment"},"team":{"id":"${ana.teamId}"},"type":"comment.created","user":{"id":"${ana.userId}"}}`,
  )
  const timestamp = Number(headers['x-frameio-request-timestamp'])
  assert.equal(headers['x-frameio-signature'], signWebhook(hook.secret ?? '', timestamp, body))
})

test('a mention and a reply tell their person why, and a private comment tells no collaborator', async () => {
  const colla = await addCollaborator(ana)
  const assetId = await buildFile(ana)
  const first = await buildComment({ ...ana, ctx: asUser(core, colla.userId) }, assetId, 'Is this final?')
  const comment = await authorize(ana.ctx, Projects.replyToComment, first)
  const reply = await Projects.createReply(ana.ctx, comment, { text: 'Nearly' })
  const asset = await authorize(ana.ctx, Projects.commentOnAsset, assetId)
  const secret = await Projects.createComment(ana.ctx, asset, { text: 'not for @Colla', private: true })
  await broadcaster.settle()
  const rows = await core.db
    .selectFrom('notifications')
    .select(['comment_id', 'user_id', 'reason'])
    .where('asset_id', '=', assetId)
    .execute()
  const reasons = (id: string) =>
    rows.filter((row) => row.comment_id === id && row.user_id === colla.userId).map((row) => row.reason)
  assert.deepEqual(reasons(reply.comment.id), ['reply'])
  assert.deepEqual(reasons(secret.comment.id), [])
  assert.deepEqual(
    rows
      .filter((row) => row.comment_id === first)
      .map((row) => [row.user_id, row.reason])
      .find(([id]) => id === ana.userId),
    [ana.userId, 'owner'],
  )
})

test('the cache forgets what an event made stale', async () => {
  const assetId = await buildFile(ana)
  await broadcaster.settle()
  let loads = 0
  const read = () => core.cache.through(`asset:${assetId}`, 60, async () => ++loads)
  await read()
  await read()
  assert.equal(loads, 1)
  await buildComment(ana, assetId)
  await broadcaster.settle()
  while ((await read()) === 1) await new Promise(setImmediate)
  assert.equal(loads, 2)
})

test('audit rows are the auditable events, one for one', async () => {
  await broadcaster.settle()
  const audited = await core.db
    .selectFrom('audits')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const { rows } = await test_.database.db.pool.query(
    `select count(*) as n from events where type not in ('comment.liked', 'asset.progressed')`,
  )
  assert.equal(audited.n, rows[0].n)
})
