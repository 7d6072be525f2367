import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Accounts, authorize, authorizeActor, contextFor, Projects } from '@rushes/core'
import {
  buildComment,
  buildFile,
  buildWorld,
  type TestCore,
  testCore,
  type World,
} from '@rushes/core/testing'
import { coreLive } from './core-live.ts'
import { rawClient } from './protocol/testing.ts'
import { follower, phoenixClient, testRealtime } from './testing.ts'

let scratch: TestCore
before(async () => {
  scratch = await testCore()
})
after(() => scratch[Symbol.asyncDispose]())

const running = (options = {}) => testRealtime(options, coreLive(scratch.core))

async function tokenOf({ ctx }: World) {
  const input = Accounts.CreateDeveloperToken.parse({
    description: 'test',
    scopes: ['project.read', 'asset.read'],
  })
  return Accounts.createDeveloperToken(ctx, authorizeActor(ctx, Accounts.withSession), input)
}

async function emailOf({ ctx }: World) {
  return (await Accounts.getMe(ctx, authorizeActor(ctx, Accounts.signedIn(null)))).email
}

/** Ana with a file, and Col, who collaborates on her project. */
async function scene() {
  const ana = await buildWorld(scratch.core, 'Ana')
  const col = await buildWorld(scratch.core, 'Col')
  const project = await authorize(ana.ctx, Projects.inviteToProject, ana.projectId)
  await Projects.addCollaborator(ana.ctx, project, { email: await emailOf(col) })
  const [anaToken, colToken] = await Promise.all([tokenOf(ana), tokenOf(col)])
  return {
    ana,
    col,
    project,
    anaToken,
    colToken,
    file: await buildFile(ana),
    topic: `projects:${ana.projectId}`,
  }
}

async function comment({ ctx }: World, assetId: string, text: string, isPrivate = false) {
  const asset = await authorize(ctx, Projects.commentOnAsset, assetId)
  return (await Projects.createComment(ctx, asset, { text, private: isPrivate })).comment.id
}

test('a comment of one is with the other in under a second', async () => {
  await using server = await running({ pollMs: 60_000 })
  const { ana, colToken, file, topic } = await scene()
  using col = await follower(server.url, colToken.token, topic)
  await col.until(({ joins }) => joins.length === 1)
  const before = performance.now()
  const id = await buildComment(ana, file)
  await col.until(({ events }) => events.length === 1)
  assert.ok(performance.now() - before < 1000)
  const { at, id: eventId, ...event } = col.seen.events[0] as unknown as Record<string, string>
  assert.match(at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  assert.equal(typeof eventId, 'number')
  assert.deepEqual(event, {
    name: 'comment.created',
    type: 'comment.created',
    version: 1,
    seq: (col.seen.joins[0]?.head_seq ?? 0) + 1,
    actor: { kind: 'user', id: ana.userId },
    data: { comment_id: id, asset_id: file, parent_id: null },
  })
})

test('a broken connection loses nothing and repeats nothing while others write', async () => {
  await using server = await running()
  const { ana, anaToken, file, topic } = await scene()
  using one = await follower(server.url, anaToken.token, topic)
  await one.until(({ joins }) => joins.length === 1)
  const head = one.seen.joins[0]?.head_seq ?? 0
  const writer = async () => {
    for (let n = 0; n < 25; n++) await buildComment(ana, file, `comment ${n}`)
  }
  let writing = true
  const written = Promise.all([writer(), writer()]).finally(() => {
    writing = false
  })
  while (writing) {
    const joins = one.seen.joins.length
    server.cut()
    await one.until((seen) => seen.joins.length > joins)
  }
  await written
  await one.until(({ events }) => events.length === 50)
  assert.deepEqual(
    one.seen.events.map(({ seq }) => seq),
    Array.from({ length: 50 }, (_, n) => head + n + 1),
  )
  assert.ok(one.seen.joins.slice(1).every(({ resumed }) => resumed))
})

test('a collaborator who is removed is out at once, and hears nothing more', async () => {
  await using server = await running({ recheckMs: 60_000 })
  const { ana, col, project, colToken, file, topic } = await scene()
  using out = await follower(server.url, colToken.token, topic)
  await out.until(({ joins }) => joins.length === 1)
  const closed = new Promise<void>((resolve) => out.channel.onClose(() => resolve()))
  await Projects.removeCollaborator(ana.ctx, project, { email: await emailOf(col) })
  await closed
  const heard = out.seen.events.length
  for (let n = 0; n < 20; n++) await buildComment(ana, file)
  using again = phoenixClient(server.url, colToken.token)
  assert.deepEqual(await again.join(topic).joined, ['error', { reason: 'not_found' }])
  assert.equal(out.seen.events.length, heard)
})

test('a revoked token closes its connection with 4401 within five seconds', async () => {
  await using server = await running()
  const { ana, anaToken } = await scene()
  using client = await rawClient(`${server.url}/websocket?vsn=2.0.0`, [], {
    headers: { authorization: `Bearer ${anaToken.token}` },
  })
  const started = performance.now()
  const person = authorizeActor(ana.ctx, Accounts.withSession)
  await Accounts.revokeDeveloperToken(ana.ctx, person, { token_id: anaToken.id })
  assert.equal(await client.closed, 4401)
  assert.ok(performance.now() - started < 5000)
})

test('collaborators hear neither team-only comments nor private assets; guests only what their link shows', async () => {
  await using server = await running()
  const { ana, colToken, file, topic } = await scene()
  const elsewhere = await buildFile(ana, 'elsewhere.mp4')
  const secret = await buildFile(ana, 'secret.mp4')
  await Projects.updateAsset(ana.ctx, await authorize(ana.ctx, Projects.updateAssetPolicy, secret), {
    private: true,
  })
  const { link, token } = await guestOf(ana, [file])
  using col = await follower(server.url, colToken.token, topic)
  using guest = await follower(server.url, token, `review_links:${link}`)
  for (const { until } of [col, guest]) await until(({ joins }) => joins.length === 1)

  await comment(ana, file, 'between us', true)
  await comment(ana, secret, 'on a private asset')
  const outside = await comment(ana, elsewhere, 'not in the link')
  const shown = await comment(ana, file, 'in the link')

  const said = ({ events }: typeof col.seen) =>
    events.map(({ data }) => (data as { comment_id: string }).comment_id)
  for (const { until } of [col, guest]) await until((seen) => said(seen).includes(shown))
  assert.deepEqual(said(col.seen), [outside, shown])
  assert.deepEqual(said(guest.seen), [shown])
  using later = await follower(server.url, colToken.token, topic, col.seen.joins[0]?.head_seq ?? 0)
  await later.until((seen) => said(seen).includes(shown))
  assert.deepEqual(said(later.seen), [outside, shown], 'the same when it is replayed')

  using foreign = phoenixClient(server.url, token)
  assert.deepEqual(await foreign.join(topic).joined, ['error', { reason: 'not_found' }])
  assert.deepEqual(await foreign.join(`assets:${elsewhere}`).joined, ['error', { reason: 'not_found' }])
  const [status] = await foreign.join(`assets:${file}`).joined
  assert.equal(status, 'ok')
})

async function guestOf({ ctx, projectId }: World, asset_ids: string[]) {
  const project = await authorize(ctx, Projects.shareProject, projectId)
  const { link } = await Projects.createReviewLink(ctx, project, { name: 'For the client', asset_ids })
  const anyone = contextFor(scratch.core, { kind: 'anonymous' })
  const entered = await Projects.enterReview(anyone, authorizeActor(anyone, Accounts.everyone), {
    code: link.code,
    name: 'Gil',
  })
  return { link: link.id, token: entered.token }
}

test('a link that is switched off closes its guests within five seconds', async () => {
  await using server = await running()
  const { ana, file } = await scene()
  const { link, token } = await guestOf(ana, [file])
  using guest = await follower(server.url, token, `review_links:${link}`)
  await guest.until(({ joins }) => joins.length === 1)
  const closed = new Promise<void>((resolve) => guest.channel.onClose(() => resolve()))
  const started = performance.now()
  const policy = await authorize(ana.ctx, Projects.updateReviewLinkPolicy, link)
  await Projects.updateReviewLink(ana.ctx, policy, { is_active: false })
  await closed
  assert.ok(performance.now() - started < 5000)
})

test('what comes into an inbox is told to its person alone', async () => {
  await using server = await running({ pollMs: 20 })
  const { ana, col, anaToken, colToken } = await scene()
  using one = phoenixClient(server.url, anaToken.token)
  using other = phoenixClient(server.url, colToken.token)
  const inbox = `users:${ana.userId}`
  assert.deepEqual(await other.join(inbox).joined, ['error', { reason: 'not_found' }])
  const { channel, joined } = one.join(inbox)
  assert.equal((await joined)[0], 'ok')
  const told = new Promise<Record<string, unknown>>((resolve) => channel.on('notification.created', resolve))
  const notice = {
    user_id: ana.userId,
    event_id: 1,
    type: 'comment.created',
    reason: 'watcher',
    text: 'Col commented',
  }
  const actor = JSON.stringify({ kind: 'user', id: col.userId })
  await scratch.database.db.kysely
    .insertInto('notifications')
    .values({ ...notice, actor })
    .execute()
  assert.equal((await told).text, 'Col commented')
})
