import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { readProjectLog } from '../log/read-project.ts'
import { authorize } from '../policy.ts'
import {
  asUser,
  buildComment,
  buildFile,
  buildWorld,
  type TestCore,
  testCore,
  type World,
} from '../testing.ts'
import { addToAsset, commentOnAsset, readAsset, updateAssetPolicy } from './policies/asset.ts'
import { replyToComment } from './policies/comment.ts'
import { inviteToProject } from './policies/project.ts'
import { addCollaborator } from './services/collaborators.ts'
import { listComments } from './services/comments.ts'
import { copyAsset, copyAssets } from './services/copy-asset.ts'
import { createAsset } from './services/create-asset.ts'
import { readOne } from './services/get-asset.ts'
import { ListChildren, listChildren } from './services/list-children.ts'
import { openBlob, originalOf } from './services/open-blob.ts'
import { addVersion } from './services/version-asset.ts'
import { createComment, createReply } from './services/write-comment.ts'

let test_: TestCore
let world: World
let folder: string

before(async () => {
  test_ = await testCore()
})
after(() => test_[Symbol.asyncDispose]())
beforeEach(async () => {
  world = await buildWorld(test_.core)
  folder = await makeFolder('Day 1')
  test_.enqueued.length = 0
})

const target = (id: string, ctx = world.ctx) => authorize(ctx, addToAsset, id)

async function makeFolder(name: string, parent = world.rootId, hidden = false): Promise<string> {
  const made = await createAsset(world.ctx, await target(parent), { type: 'folder', name, private: hidden })
  return made.asset.id
}

/** A file with bytes in the store and one rendition, as the pipeline leaves it. */
async function makeFile(name: string, parent: string, status = 'transcoded'): Promise<string> {
  const { asset } = await createAsset(world.ctx, await target(parent), { type: 'file', name, filesize: 5 })
  const [original, rendition] = [`originals/${asset.id}`, `renditions/${asset.id}/h264_720.mp4`]
  for (const key of [original, rendition]) await test_.core.blobs.put(key, Readable.from([Buffer.from(name)]))
  const { kysely } = test_.database.db
  await sql`update assets set original_key = ${original}, status = ${status}, sha256 = repeat('a', 64) where id = ${asset.id}`.execute(
    kysely,
  )
  await sql`insert into asset_media (asset_id, asset_type, frames) values (${asset.id}, 'stream', 250)`.execute(
    kysely,
  )
  await sql`insert into asset_renditions (asset_id, name, role, field, key, content_type, filesize)
    values (${asset.id}, 'h264_720.mp4', 'mp4', 'h264_720', ${rendition}, 'video/mp4', 5)`.execute(kysely)
  return asset.id
}

async function children(id: string, ctx = world.ctx) {
  return (await listChildren(ctx, await authorize(ctx, readAsset, id), ListChildren.parse({}))).rows
}

const names = async (id: string, ctx = world.ctx) => (await children(id, ctx)).map(({ asset }) => asset.name)

test('a folder is copied with all below it, in order, and its bytes are those of the source', async () => {
  const inner = await makeFolder('Inner', folder)
  const [one, two] = [await makeFile('one.mp4', inner), await makeFile('two.mp4', inner)]
  const stack = await addVersion(world.ctx, await authorize(world.ctx, updateAssetPolicy, one), {
    next_asset_id: two,
  })
  await makeFile('three.mp4', inner)
  await buildFile(world)
  const into = await makeFolder('Copies')
  const copy = await copyAsset(world.ctx, await target(into), { id: folder })
  assert.deepEqual([copy.asset.copied_from_id, copy.asset.parent_id], [folder, into])
  const [copiedInner] = await children(copy.asset.id)
  const [copiedStack, three] = await children(copiedInner?.asset.id ?? '')
  assert.equal(three?.asset.name, 'three.mp4')
  assert.notEqual(copiedStack?.asset.id, stack.asset.id)
  assert.deepEqual(await names(copiedStack?.asset.id ?? ''), ['two.mp4', 'one.mp4'])
  const cover = copiedStack?.cover
  assert.equal(cover?.asset.copied_from_id, two)
  assert.deepEqual([cover?.media?.frames, cover?.asset.project_id], [250, world.projectId])
  const links = test_.core.links
  for (const link of [
    links.save(originalOf(cover?.asset ?? { id: '', original_key: null }), 'x.mp4'),
    links.show(cover?.renditions[0]?.key ?? ''),
  ]) {
    const [, , grant = '', ...key] = new URL(link, 'http://host').pathname.split('/')
    const blob = await openBlob({ core: test_.core }, { grant, key: key.join('/') }, {})
    assert.equal(await text(await blob.read()), 'two.mp4')
  }
  assert.deepEqual(test_.enqueued, [])
})

test('a file whose renditions are still being made gets its own; one still being uploaded is left out', async () => {
  const waiting = await makeFile('waiting.mp4', folder, 'uploaded')
  await createAsset(world.ctx, await target(folder), { type: 'file', name: 'half.mp4', filesize: 5 })
  const copy = await copyAsset(world.ctx, await target(world.rootId), { id: folder })
  const [file, ...more] = await children(copy.asset.id)
  assert.deepEqual([file?.asset.copied_from_id, more.length], [waiting, 0])
  assert.deepEqual(test_.enqueued, [{ name: 'asset.transcode', payload: { asset_id: file?.asset.id } }])
  const half = await buildFile(world)
  await assert.rejects(copyAsset(world.ctx, await target(folder), { id: half }), { code: 'invalid' })
})

test('a stack whose newest version is still being uploaded shows the newest that came along', async () => {
  const [one, two] = [await makeFile('one.mp4', folder), await makeFile('two.mp4', folder)]
  const { asset } = await addVersion(world.ctx, await authorize(world.ctx, updateAssetPolicy, one), {
    next_asset_id: two,
  })
  await sql`update assets set original_key = null where id = ${two}`.execute(test_.database.db.kysely)
  const copy = await copyAsset(world.ctx, await target(world.rootId), { id: asset.id })
  assert.equal(copy.cover?.asset.copied_from_id, one)
})

test('comments come along where asked for, threads and all', async () => {
  const file = await makeFile('cut.mp4', folder)
  const on = await authorize(world.ctx, commentOnAsset, file)
  const first = await createComment(world.ctx, on, { text: 'First', timestamp: 3 })
  const reply = await authorize(world.ctx, replyToComment, first.comment.id)
  await createReply(world.ctx, reply, { text: 'Reply' })
  const copyTo = async (copy_comments: 'all' | 'none') => {
    const into = await target(world.rootId)
    const made = (await copyAssets(world.ctx, into, { batch: [{ id: file }], copy_comments })).get(file)
    assert.ok(made)
    const read = await authorize(world.ctx, commentOnAsset, made.asset.id)
    const list = await listComments(world.ctx, read as never, { page: 1, page_size: 50, include: [] })
    return { count: made.asset.comment_count, rows: list.rows.map(({ comment }) => comment) }
  }
  assert.deepEqual(await copyTo('none'), { count: 0, rows: [] })
  const { count, rows } = await copyTo('all')
  assert.deepEqual([count, rows.map((row) => row.text)], [2, ['First', 'Reply']])
  assert.equal(rows[1]?.parent_id, rows[0]?.id)
  assert.equal(rows[0]?.reply_count, 1)
})

test('it is announced once, with what it adds up to', async () => {
  await buildComment(world, await makeFile('one.mp4', folder))
  await makeFile('two.mp4', folder)
  const into = await target(world.rootId)
  const made = await copyAssets(world.ctx, into, { batch: [{ id: folder }], copy_comments: 'all' })
  const [last] = (await readProjectLog(test_.core, world.projectId, 0, 100)).slice(-1)
  assert.deepEqual([last?.type, last?.subjectId], ['asset.copied', made.get(folder)?.asset.id])
  const sums = { files: 2, bytes: 10, comments: 1 }
  assert.deepEqual(last?.data, { parent_id: world.rootId, private: false, source_id: folder, ...sums })
})

test('a collaborator takes along what they see, and nothing where downloads are off', async () => {
  await makeFile('open.mp4', folder)
  await makeFile('secret.mp4', await makeFolder('Secret', folder, true))
  const friend = await buildWorld(test_.core, 'Friend')
  const { rows } = await sql<{ email: string }>`select email from users where id = ${friend.userId}`.execute(
    test_.core.db,
  )
  const project = await authorize(world.ctx, inviteToProject, world.projectId)
  await addCollaborator(world.ctx, project, { email: rows[0]?.email ?? '' })
  const ctx = asUser(test_.core, friend.userId)
  const copy = await copyAsset(ctx, await target(world.rootId, ctx), { id: folder })
  assert.deepEqual(await names(copy.asset.id), ['open.mp4'])
  await assert.rejects(copyAsset(ctx, await target(friend.rootId, ctx), { id: folder }), {
    code: 'invalid',
    message: 'It is in another account',
  })
  await sql`update project_preferences set collaborator_can_download = false where project_id = ${world.projectId}`.execute(
    test_.database.db.kysely,
  )
  await assert.rejects(copyAsset(ctx, await target(world.rootId, ctx), { id: folder }), { code: 'forbidden' })
})

test('one foreign id refuses the whole batch (AB07)', async () => {
  const mine = await makeFile('mine.mp4', folder)
  const foreign = await buildFile(await buildWorld(test_.core, 'Bob'))
  const batch = [{ id: mine }, { id: foreign }]
  const into = await target(world.rootId)
  await assert.rejects(copyAssets(world.ctx, into, { batch, copy_comments: 'none' }), { code: 'not_found' })
  assert.deepEqual(await names(world.rootId), ['Day 1'])
})

test('a folder can be copied into itself, once', async () => {
  await makeFile('one.mp4', folder)
  const copy = await copyAsset(world.ctx, await target(folder), { id: folder })
  assert.deepEqual(await names(copy.asset.id), ['one.mp4'])
  assert.equal((await readOne(world.ctx, folder)).asset.item_count, 2)
})

test('32 copies into one folder at once all arrive and are counted', async () => {
  const file = await makeFile('one.mp4', folder)
  const into = await target(world.rootId)
  await Promise.all(Array.from({ length: 32 }, () => copyAsset(world.ctx, into, { id: file })))
  assert.equal((await readOne(world.ctx, world.rootId)).asset.item_count, 33)
})
