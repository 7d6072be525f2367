import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { signedIn } from '../accounts/index.ts'
import { facet, type Stored } from '../events.ts'
import { readProjectLog } from '../log/read-project.ts'
import { authorize, authorizeActor, may } from '../policy.ts'
import { buildWorld, type TestCore, testCore, type World } from '../testing.ts'
import {
  addToAsset,
  commentOnAsset,
  deleteAssetPolicy,
  labelAssetPolicy,
  restoreAssetPolicy,
  updateAssetPolicy,
} from './policies/asset.ts'
import { deleteCommentPolicy, likeCommentPolicy, replyToComment } from './policies/comment.ts'
import { copyAssets } from './services/copy-asset.ts'
import { createAsset } from './services/create-asset.ts'
import { likeComment } from './services/impressions.ts'
import { moveAsset } from './services/move-asset.ts'
import { deleteAsset, restoreAsset } from './services/trash-asset.ts'
import { deleteAssets } from './services/trash-assets.ts'
import { labelAsset, updateAsset } from './services/update-asset.ts'
import { addVersion, removeVersion } from './services/version-asset.ts'
import { createComment, createReply, deleteComment } from './services/write-comment.ts'

let test_: TestCore

before(async () => {
  test_ = await testCore()
})
after(() => test_[Symbol.asyncDispose]())

/** Counters that a recount doesn't confirm. */
async function drift(): Promise<unknown[]> {
  const { rows } = await sql`
    select 'asset' as what, a.id, a.name, a.item_count, real.items, a.public_item_count, real.public_items, a.comment_count, real.comments
      from assets a, lateral (select
        (select count(*) from assets c where c.parent_id = a.id and c.deleted_at is null) as items,
        (select count(*) from assets c where c.parent_id = a.id and c.deleted_at is null and not c.private) as public_items,
        (select count(*) from comments m where m.asset_id = a.id and m.deleted_at is null) as comments) real
     where (a.item_count, a.public_item_count, a.comment_count) <> (real.items, real.public_items, real.comments)
    union all
    select 'project', p.id, p.name, p.file_count, real.files, p.folder_count, real.folders, p.storage, real.bytes
      from projects p, lateral (select count(*) filter (where type = 'file') as files,
          count(*) filter (where type = 'folder' and parent_id is not null) as folders, coalesce(sum(filesize), 0)::bigint as bytes
        from assets where project_id = p.id and deleted_at is null) real
     where (p.file_count, p.folder_count, p.storage) <> (real.files, real.folders, real.bytes)
    union all
    select 'comment', c.id, c.text, c.reply_count, real.replies, c.like_count, real.likes, 0, 0
      from comments c, lateral (select
        (select count(*) from comments r where r.parent_id = c.id and r.deleted_at is null) as replies,
        (select count(*) from comment_impressions i where i.comment_id = c.id and i.type = 'like') as likes) real
     where (c.reply_count, c.like_count) <> (real.replies, real.likes)`.execute(test_.core.db)
  return rows
}

type Step = { act: string; a: number; b: number; flag: boolean }

const steps = fc.array(
  fc.record({
    // Twice what others build on.
    act: fc.constantFrom(
      'folder',
      'folder',
      'file',
      'file',
      'delete',
      'restore',
      'move',
      'private',
      'comment',
      'reply',
      'uncomment',
      'like',
      'label',
      'version',
      'unversion',
      'copy',
      'copy',
      'copy',
      'trash',
    ),
    a: fc.nat(30),
    b: fc.nat(30),
    flag: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40 },
)

/** Runs one step on whatever the numbers happen to pick; refusals are part of the game. */
async function play(
  world: World,
  assets: string[],
  comments: string[],
  { act, a, b, flag }: Step,
): Promise<void> {
  const { ctx } = world
  const [asset, other] = [
    assets[a % assets.length] ?? world.rootId,
    assets[b % assets.length] ?? world.rootId,
  ]
  const comment = comments[a % Math.max(1, comments.length)] ?? ''
  const on = { asset, other, comment, flag, size: a * 10 }
  const moves: Record<string, () => Promise<unknown>> = {
    folder: async () =>
      assets.push(
        (
          await createAsset(ctx, await authorize(ctx, addToAsset, asset), {
            type: 'folder',
            name: 'f',
            private: flag,
          })
        ).asset.id,
      ),
    file: async () =>
      assets.push(
        (
          await createAsset(ctx, await authorize(ctx, addToAsset, asset), {
            type: 'file',
            name: 'x.mp4',
            filesize: on.size,
            private: flag,
          })
        ).asset.id,
      ),
    delete: async () => deleteAsset(ctx, await authorize(ctx, deleteAssetPolicy, asset)),
    restore: async () => restoreAsset(ctx, await authorize(ctx, restoreAssetPolicy, asset)),
    move: async () => moveAsset(ctx, await authorize(ctx, addToAsset, asset), { id: other }),
    private: async () => updateAsset(ctx, await authorize(ctx, updateAssetPolicy, asset), { private: flag }),
    comment: async () =>
      comments.push(
        (await createComment(ctx, await authorize(ctx, commentOnAsset, asset), { text: 'c' })).comment.id,
      ),
    reply: async () =>
      comments.push(
        (await createReply(ctx, await authorize(ctx, replyToComment, comment), { text: 'r' })).comment.id,
      ),
    uncomment: async () => deleteComment(ctx, await authorize(ctx, deleteCommentPolicy, comment)),
    like: async () => likeComment(ctx, await authorize(ctx, likeCommentPolicy, comment), { liked: flag }),
    label: async () =>
      labelAsset(ctx, await authorize(ctx, labelAssetPolicy, asset), { label: flag ? 'approved' : 'none' }),
    version: async () =>
      assets.push(
        (await addVersion(ctx, await authorize(ctx, updateAssetPolicy, asset), { next_asset_id: other }))
          .asset.id,
      ),
    unversion: async () => removeVersion(ctx, await authorize(ctx, updateAssetPolicy, asset)),
    copy: async () => {
      await complete(assets)
      const target = await authorize(ctx, addToAsset, other)
      const made = await copyAssets(ctx, target, {
        batch: [{ id: asset }],
        copy_comments: flag ? 'all' : 'none',
      })
      assets.push(...[...made.values()].map((copy) => copy.asset.id))
    },
    trash: async () =>
      deleteAssets(ctx, authorizeActor(ctx, signedIn('asset.delete')), { asset_ids: [asset, other] }),
  }
  await moves[act]?.().catch((error) => {
    if (!['not_found', 'invalid', 'conflict', 'forbidden'].includes(error.code)) throw error
  })
}

/** Three of four files get all their bytes. */
async function complete(assets: string[]): Promise<void> {
  const whole = assets.filter((_, place) => place % 4 < 3)
  await sql`update assets set original_key = 'originals/' || id where type = 'file' and id = any(${whole}::uuid[])`.execute(
    test_.database.db.kysely,
  )
}

/** What the project's events add up to, beside what it counts itself. */
async function usage(projectId: string) {
  const entries = (await readProjectLog(test_.core, projectId, 0, 1000)).flatMap(
    (event) => facet('usage', event as Stored) ?? [],
  )
  const sum = (metric: string) =>
    entries.reduce((total, entry) => total + (entry.metric === metric ? entry.amount : 0), 0)
  const { rows } =
    await sql<object>`select p.file_count as files, p.storage, (select coalesce(sum(comment_count), 0)
      from assets where project_id = p.id and deleted_at is null) as comments
    from projects p where p.id = ${projectId}`.execute(test_.core.db)
  return [{ files: sum('files'), storage: sum('storage'), comments: sum('comments') }, rows[0]]
}

test('no sequence of changes makes a counter drift', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const world = await buildWorld(test_.core, 'Count')
      const assets = [world.rootId]
      const comments: string[] = []
      for (const step of given) await play(world, assets, comments, step)
      assert.deepEqual(await drift(), [])
      const [announced, counted] = await usage(world.projectId)
      assert.deepEqual(announced, counted)
    }),
    { numRuns: 12 },
  )
})

test('32 at once on one folder and one file lose no count', async () => {
  const world = await buildWorld(test_.core, 'Race')
  const root = await authorize(world.ctx, addToAsset, world.rootId)
  const files = await Promise.all(
    Array.from({ length: 32 }, (_, n) =>
      createAsset(world.ctx, root, { type: 'file', name: `${n}`, filesize: 1 }),
    ),
  )
  const first = files[0]?.asset.id ?? ''
  const target = await authorize(world.ctx, commentOnAsset, first)
  await Promise.all(Array.from({ length: 32 }, () => createComment(world.ctx, target, { text: 'x' })))
  assert.deepEqual(await drift(), [])
  const fresh = await may(world.ctx, addToAsset, world.rootId)
  assert.equal(fresh?.item_count, 32)
})
