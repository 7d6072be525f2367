import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { change } from './context.ts'
import { CoreError } from './errors.ts'
import { readProjectLog } from './log/read-project.ts'
import { at } from './projects/events/where.ts'
import { buildComment, buildFile, buildWorld, type TestCore, testCore, type World } from './testing.ts'

let test_: TestCore
let world: World

before(async () => {
  test_ = await testCore()
  world = await buildWorld(test_.core)
})
after(() => test_[Symbol.asyncDispose]())

test('a change and its event are committed together, numbered without a gap', async () => {
  const assetId = await buildFile(world)
  await buildComment(world, assetId)
  const log = await readProjectLog(world.ctx, world.projectId, 0, 100)
  assert.deepEqual(
    log.map((event) => event.type),
    ['project.created', 'asset.created', 'comment.created'],
  )
  assert.deepEqual(
    log.map((event) => event.seq),
    [1, 2, 3],
  )
  assert.equal(log[2]?.actor.id, world.userId)
})

test('what is rolled back is neither seen nor heard', async () => {
  let rung = 0
  using _bell = test_.core.doorbell.listen(() => rung++)
  const before = await readProjectLog(world.ctx, world.projectId, 0, 1000)
  const where = at({ account_id: world.accountId, team_id: world.teamId, project_id: world.projectId })
  await assert.rejects(
    change(world.ctx, async (_tx, emit) => {
      emit({ ...where, type: 'project.updated', subjectId: world.projectId, data: { changed: [] } })
      throw new CoreError('conflict')
    }),
    { code: 'conflict' },
  )
  assert.equal(rung, 0)
  assert.equal((await readProjectLog(world.ctx, world.projectId, 0, 1000)).length, before.length)
})

test('the handle that services read with refuses to write, raw SQL included', async () => {
  await assert.rejects(sql`update projects set name = 'x'`.execute(world.ctx.db), /read-only transaction/)
})

test('32 writers in one project leave a gapless log in commit order', async () => {
  const busy = await buildWorld(test_.core, 'Busy')
  const assetId = await buildFile(busy)
  await Promise.all(Array.from({ length: 32 }, (_, n) => buildComment(busy, assetId, `comment ${n}`)))
  const log = await readProjectLog(busy.ctx, busy.projectId, 0, 1000)
  assert.deepEqual(
    log.map((event) => event.seq),
    Array.from({ length: 34 }, (_, n) => n + 1),
  )
  const asset = await busy.ctx.db
    .selectFrom('assets')
    .select('comment_count')
    .where('id', '=', assetId)
    .executeTakeFirstOrThrow()
  assert.equal(asset.comment_count, 32)
})

test('an idempotency key makes one effect of many tries, and refuses another request', async () => {
  const assetId = await buildFile(world)
  const keyed = (hash: string) => ({
    ...world,
    ctx: { ...world.ctx, idempotency: { key: `k-${assetId}`, requestHash: Buffer.from(hash) } },
  })
  const ids = await Promise.all(Array.from({ length: 20 }, () => buildComment(keyed('same'), assetId)))
  assert.equal(new Set(ids).size, 1)
  await assert.rejects(buildComment(keyed('other'), assetId), { code: 'invalid' })
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from comments where asset_id = ${assetId}`.execute(world.ctx.db)
  assert.equal(rows[0]?.n, 1)
})
