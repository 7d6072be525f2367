import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { transact } from '../context.ts'
import { buildWorld, type TestCore, testCore, type World } from '../testing.ts'
import { readHorizonAge, readLanes } from './lag.ts'
import { dropLease, FencedError, type Lease, retryBacklog, stepLane, takeLease } from './lane.ts'
import type { StoredRow } from './stored.ts'

let test_: TestCore
let world: World

before(async () => {
  // The horizon is the server's: another test's open transaction would hold these lanes back.
  test_ = await testCore({ alone: true })
  world = await buildWorld(test_.core)
})
after(() => test_[Symbol.asyncDispose]())

/** A writer's own connection, so that its transaction can be left open while others commit. */
async function openWriter(): Promise<{ client: PoolClient } & AsyncDisposable> {
  const client = await test_.database.db.pool.connect()
  await client.query('begin')
  return { client, [Symbol.asyncDispose]: async () => client.release() }
}

async function append(client: PoolClient, projectId: string | null = world.projectId): Promise<number> {
  const seq = projectId
    ? (
        await client.query('update project_heads set seq = seq + 1 where project_id = $1 returning seq', [
          projectId,
        ])
      ).rows[0].seq
    : null
  const { rows } = await client.query(
    `insert into events (account_id, project_id, project_seq, type, actor, aggregate_type, aggregate_id, data, meta)
     values ($1, $2, $3, 'project.updated', '{"kind":"system","id":null}', 'project', $4, '{"changed":[]}', '{}') returning id`,
    [world.accountId, projectId, seq, world.projectId],
  )
  return rows[0].id
}

/** A lane that remembers what it was given. */
async function newLane(name: string): Promise<{ lease: Lease; seen: StoredRow[]; drain(): Promise<void> }> {
  const lease = await takeLease(test_.core, name, 'tester')
  assert.ok(lease)
  const seen: StoredRow[] = []
  const effect = async (_tx: unknown, events: StoredRow[]) => void seen.push(...events)
  return {
    lease,
    seen,
    async drain() {
      while ((await stepLane(test_.core, lease, effect, 100)).read > 0);
    },
  }
}

test('trap 1: an event with a lower id that commits later is not lost', async () => {
  const lane = await newLane('trap-lower-id')
  await lane.drain()
  await using slow = await openWriter()
  const lower = await append(slow.client, null)
  await using quick = await openWriter()
  const higher = await append(quick.client, null)
  assert.ok(lower < higher)
  await quick.client.query('commit')
  await lane.drain()
  await slow.client.query('commit')
  await lane.drain()
  const ids = lane.seen.map((event) => event.id)
  assert.ok(ids.includes(lower) && ids.includes(higher))
  assert.equal(new Set(ids).size, ids.length)
})

test('trap 2: the order inside a project is that of its commits, though transaction ids invert it', async () => {
  const other = await buildWorld(test_.core, 'Inverted')
  const lane = await newLane('trap-inverted')
  await lane.drain()
  lane.seen.length = 0
  await using early = await openWriter()
  await early.client.query('select pg_current_xact_id()')
  await using late = await openWriter()
  await append(late.client, other.projectId)
  await late.client.query('commit')
  // With a third writer open between them, seq 3 shows below the horizon while seq 2 is still hidden.
  await append(early.client, other.projectId)
  await using third = await openWriter()
  await third.client.query('select pg_current_xact_id()')
  await early.client.query('commit')
  await lane.drain()
  await third.client.query('commit')
  await lane.drain()
  const own = lane.seen.filter((event) => event.projectId === other.projectId)
  assert.deepEqual(
    own.map((event) => event.seq),
    [2, 3],
  )
})

test('trap 2, alone: a gap below the horizon is filled at once and its events are not given twice', async () => {
  const other = await buildWorld(test_.core, 'Gap')
  const lane = await newLane('trap-gap')
  await lane.drain()
  lane.seen.length = 0
  await using early = await openWriter()
  await early.client.query('select pg_current_xact_id()')
  await using holder = await openWriter()
  await holder.client.query('select pg_current_xact_id()')
  await using late = await openWriter()
  await append(late.client, other.projectId)
  await late.client.query('commit')
  await append(early.client, other.projectId)
  await early.client.query('commit')
  await lane.drain()
  const own = () => lane.seen.filter((event) => event.projectId === other.projectId).map((event) => event.seq)
  assert.deepEqual(own(), [2, 3], 'seq 2 lies above the horizon that the holder keeps, and was fetched')
  await holder.client.query('commit')
  await lane.drain()
  assert.deepEqual(own(), [2, 3])
})

test('trap 3: an open writer stalls the horizon, which shows as lag, and nothing is lost when it ends', async () => {
  const lane = await newLane('trap-stalled')
  await lane.drain()
  await using stalled = await openWriter()
  await stalled.client.query('select pg_current_xact_id()')
  await using writer = await openWriter()
  const id = await append(writer.client, null)
  await writer.client.query('commit')
  await lane.drain()
  assert.ok(!lane.seen.some((event) => event.id === id))
  const state = (await readLanes(test_.core)).find((row) => row.name === 'trap-stalled')
  assert.equal(state?.lag_events, 1)
  assert.ok((await readHorizonAge(test_.core)) > 0)
  await stalled.client.query('rollback')
  await lane.drain()
  assert.ok(lane.seen.some((event) => event.id === id))
})

test('a failing event parks its project in that lane; others go on, and order holds when it heals', async () => {
  const [bad, good] = [await buildWorld(test_.core, 'Bad'), await buildWorld(test_.core, 'Good')]
  const lease = await takeLease(test_.core, 'poison', 'tester')
  assert.ok(lease)
  let broken = true
  const seen: string[] = []
  const effect = async (_tx: unknown, events: StoredRow[]) => {
    if (broken && events.some((event) => event.projectId === bad.projectId)) throw new Error('poison')
    seen.push(...events.map((event) => `${event.projectId} ${event.seq}`))
  }
  await using writer = await openWriter()
  for (let n = 0; n < 3; n++) {
    await append(writer.client, bad.projectId)
    await append(writer.client, good.projectId)
  }
  await writer.client.query('commit')
  while ((await stepLane(test_.core, lease, effect, 100)).read > 0);
  const of = (projectId: string) =>
    seen.filter((line) => line.startsWith(projectId)).map((line) => Number(line.split(' ')[1]))
  assert.deepEqual(of(good.projectId), [1, 2, 3, 4])
  assert.deepEqual(of(bad.projectId), [])
  broken = false
  for (let turn = 0; turn < 8; turn++) {
    await transact(test_.core.writer, (tx) =>
      sql`update lane_backlog set next_at = now() - interval '1 second' where lane = 'poison'`.execute(tx),
    )
    await retryBacklog(test_.core, lease, effect)
  }
  assert.deepEqual(of(bad.projectId), [1, 2, 3, 4])
})

test('an event that never heals is dead after twelve tries, and its project goes on', async () => {
  const bad = await buildWorld(test_.core, 'Dead')
  const lease = await takeLease(test_.core, 'dead', 'tester')
  assert.ok(lease)
  const effect = async (_tx: unknown, events: StoredRow[]) => {
    if (events.some((event) => event.projectId === bad.projectId && event.seq === 1)) throw new Error('never')
  }
  while ((await stepLane(test_.core, lease, effect, 100)).read > 0);
  for (let turn = 0; turn < 14; turn++) {
    await transact(test_.core.writer, (tx) =>
      sql`update lane_backlog set next_at = now() - interval '1 second' where lane = 'dead'`.execute(tx),
    )
    await retryBacklog(test_.core, lease, effect)
  }
  const { rows } = await sql<{
    state: string
    attempts: number
    error: string
  }>`select state, attempts, error from lane_backlog where lane = 'dead'`.execute(test_.core.db)
  assert.deepEqual(rows, [{ state: 'dead', attempts: 12, error: 'Error: never' }])
})

test('an owner that was paused past its lease is fenced: neither its cursor nor its effect is kept', async () => {
  const stale = await takeLease(test_.core, 'fenced', 'first')
  assert.ok(stale)
  assert.equal(await takeLease(test_.core, 'fenced', 'second'), null)
  await transact(test_.core.writer, (tx) =>
    sql`update lanes set lease_until = now() - interval '1 second' where name = 'fenced'`.execute(tx),
  )
  const fresh = await takeLease(test_.core, 'fenced', 'second')
  assert.ok(fresh && fresh.epoch > stale.epoch)
  const effect = async (tx: Parameters<Parameters<typeof stepLane>[2]>[0]) => {
    await sql`insert into mail_suppressions (email, reason) values ('fenced@example.com', 'x')`.execute(tx)
  }
  await assert.rejects(stepLane(test_.core, stale, effect, 10), FencedError)
  const { rows } = await sql`select from mail_suppressions`.execute(test_.core.db)
  assert.equal(rows.length, 0)
  await dropLease(test_.core, fresh)
  assert.ok(await takeLease(test_.core, 'fenced', 'third'))
})
