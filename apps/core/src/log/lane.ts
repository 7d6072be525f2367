import { sql } from 'kysely'
import { type Core, type Tx, transact } from '../context.ts'
import { inProjectOrder } from './project-order.ts'
import type { Cursor } from './read-after.ts'
import { readAfter } from './read-after.ts'
import { type StoredRow, storedColumns } from './stored.ts'

/** Ownership of a lane: a lease row on database time. The epoch fences an owner that was paused past its lease. */
export interface Lease {
  lane: string
  owner: string
  epoch: number
}

const LEASE_SECONDS = 10
const NO_PROJECT = '00000000-0000-0000-0000-000000000000'
const MOST_ATTEMPTS = 12

/** Takes the lane called `name` if nobody holds it; creates it at the log's beginning. Null: somebody else has it. */
export function takeLease(core: Core, name: string, owner: string): Promise<Lease | null> {
  return transact(core.writer, async (tx) => {
    await sql`insert into lanes (name) values (${name}) on conflict do nothing`.execute(tx)
    const { rows } = await sql<{ epoch: number }>`update lanes
      set lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
          lease_epoch = lease_epoch + case when lease_owner = ${owner} and lease_until > now() then 0 else 1 end
      where name = ${name} and not paused and (lease_until < now() or lease_owner = ${owner})
      returning lease_epoch as epoch`.execute(tx)
    return rows[0] ? { lane: name, owner, epoch: rows[0].epoch } : null
  })
}

/** Gives the lane up at once, so that another process needn't wait for the lease to end. */
export async function dropLease(core: Core, { lane, owner, epoch }: Lease): Promise<void> {
  await transact(core.writer, (tx) =>
    sql`update lanes set lease_until = '-infinity' where name = ${lane} and lease_owner = ${owner} and lease_epoch = ${epoch}`.execute(
      tx,
    ),
  )
}

/** Thrown when the lease went to somebody else: the batch's transaction rolls back, cursor and effects alike. */
export class FencedError extends Error {}

/** Writes what events mean to one consumer, in the given transaction. */
export type Effect = (tx: Tx, events: StoredRow[]) => Promise<void>

/** What a step of a lane did. */
export interface Step {
  read: number
  failed: number
}

/**
 * One step of a lane: the next events, their effect and the new cursor in a single transaction (so effects in Postgres
 * happen exactly once), fenced by the lease's epoch. When the batch fails, its events are tried one by one; one that
 * fails parks its project in `lane_backlog`, and later events of that project wait behind it.
 */
export async function stepLane(core: Core, lease: Lease, effect: Effect, limit: number): Promise<Step> {
  return transact(core.writer, async (tx) => {
    const cursor = await lockLane(tx, lease)
    const events = await readAfter(tx, cursor, limit)
    const last = events.at(-1)
    if (!last) return { read: 0, failed: 0 }
    const failed = await applyInOrder(tx, lease.lane, await inProjectOrder(tx, lease.lane, events), effect)
    await sql`update lanes set cursor_xid = ${last.xid}::xid8, cursor_id = ${last.id}, updated_at = now(),
        lease_until = now() + make_interval(secs => ${LEASE_SECONDS}) where name = ${lease.lane}`.execute(tx)
    return { read: events.length, failed }
  })
}

async function lockLane(tx: Tx, { lane, owner, epoch }: Lease): Promise<Cursor> {
  const row = await tx
    .selectFrom('lanes')
    .select(['cursor_xid', 'cursor_id'])
    .where('name', '=', lane)
    .where('lease_owner', '=', owner)
    .where('lease_epoch', '=', epoch)
    .where('paused', '=', false)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new FencedError(lane)
  return { xid: row.cursor_xid, id: row.cursor_id }
}

async function applyInOrder(tx: Tx, lane: string, events: StoredRow[], effect: Effect): Promise<number> {
  const parked = await parkedProjects(tx, lane)
  const free = events.filter((event) => !parked.has(event.projectId ?? NO_PROJECT))
  const waiting = events.filter((event) => parked.has(event.projectId ?? NO_PROJECT))
  if (waiting.length === 0 && (await attempt(tx, free, effect)) === null) return 0
  let failed = 0
  for (const event of events) {
    const key = event.projectId ?? NO_PROJECT
    if (parked.has(key)) await park(tx, lane, event, 'waiting', null)
    else {
      const error = await attempt(tx, [event], effect)
      if (error === null) continue
      failed++
      parked.add(key)
      await park(tx, lane, event, 'retry', error)
    }
  }
  return failed
}

async function attempt(tx: Tx, events: StoredRow[], effect: Effect): Promise<string | null> {
  await sql`savepoint effect`.execute(tx)
  try {
    await effect(tx, events)
    await sql`release savepoint effect`.execute(tx)
    return null
  } catch (error) {
    await sql`rollback to savepoint effect`.execute(tx)
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

async function parkedProjects(tx: Tx, lane: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('lane_backlog')
    .select('project_key')
    .distinct()
    .where('lane', '=', lane)
    .where('state', '!=', 'dead')
    .execute()
  return new Set(rows.map((row) => row.project_key))
}

async function park(
  tx: Tx,
  lane: string,
  event: StoredRow,
  state: string,
  error: string | null,
): Promise<void> {
  await sql`insert into lane_backlog (lane, event_id, event_at, project_key, state, attempts, next_at, error)
    values (${lane}, ${event.id}, ${event.at}, ${event.projectId ?? NO_PROJECT}, ${state}, ${state === 'retry' ? 1 : 0},
      now() + interval '1 second', ${error})`.execute(tx)
}

/**
 * Tries again what is due in the lane's backlog: the head of each parked project, then what waits behind it. After twelve
 * tries (1 s to 1 h apart, jittered) the head is dead, kept for a person to look at, and its project goes on.
 */
export async function retryBacklog(core: Core, lease: Lease, effect: Effect): Promise<number> {
  return transact(core.writer, async (tx) => {
    await lockLane(tx, lease)
    const { rows: due } = await sql<{
      event_id: number
      event_at: string
      project_key: string
      attempts: number
    }>`
      select event_id, event_at, project_key, attempts from lane_backlog
       where lane = ${lease.lane} and state = 'retry' and next_at <= now() order by event_id limit 20`.execute(
      tx,
    )
    for (const head of due) await retryHead(tx, lease.lane, head, effect)
    return due.length
  })
}

async function retryHead(
  tx: Tx,
  lane: string,
  head: { event_id: number; event_at: string; project_key: string; attempts: number },
  effect: Effect,
): Promise<void> {
  const { rows } = await sql<StoredRow>`select ${storedColumns} from events e
    where e.id = ${head.event_id} and e.occurred_at = ${head.event_at}`.execute(tx)
  const event = rows[0]
  const error = event ? await attempt(tx, [event], effect) : 'the event is gone'
  if (error === null || head.attempts + 1 >= MOST_ATTEMPTS || !event) {
    if (error === null)
      await sql`delete from lane_backlog where lane = ${lane} and event_id = ${head.event_id}`.execute(tx)
    else
      await sql`update lane_backlog set state = 'dead', attempts = attempts + 1, error = ${error}
        where lane = ${lane} and event_id = ${head.event_id}`.execute(tx)
    await promoteNext(tx, lane, head.project_key)
    return
  }
  const seconds = Math.min(3600, 2 ** head.attempts) * (0.5 + Math.random() / 2)
  await sql`update lane_backlog set attempts = attempts + 1, error = ${error}, next_at = now() + make_interval(secs => ${seconds})
    where lane = ${lane} and event_id = ${head.event_id}`.execute(tx)
}

async function promoteNext(tx: Tx, lane: string, projectKey: string): Promise<void> {
  await sql`update lane_backlog set state = 'retry', next_at = now()
    where lane = ${lane} and event_id = (select b.event_id from lane_backlog b join events e on e.id = b.event_id and e.occurred_at = b.event_at
      where b.lane = ${lane} and b.project_key = ${projectKey} and b.state = 'waiting'
      order by e.project_seq nulls last, b.event_id limit 1)`.execute(tx)
}
