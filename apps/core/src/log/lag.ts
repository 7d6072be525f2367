import { sql } from 'kysely'
import type { Core } from '../context.ts'

/** How far a lane is behind. */
export interface LaneState {
  name: string
  paused: boolean
  owner: string | null
  /** Events not yet taken by the lane. */
  lag_events: number
  /** Age of the oldest of them. */
  lag_seconds: number
  retrying: number
  waiting: number
  dead: number
}

/** Every lane, for the Support Tool, the CLI and the metrics. */
export async function readLanes({ db }: Pick<Core, 'db'>): Promise<LaneState[]> {
  const { rows } = await sql<LaneState>`
    select l.name, l.paused, case when l.lease_until > now() then l.lease_owner end as owner,
           behind.n as lag_events, coalesce(extract(epoch from now() - behind.oldest), 0)::float8 as lag_seconds,
           (select count(*) from lane_backlog b where b.lane = l.name and b.state = 'retry') as retrying,
           (select count(*) from lane_backlog b where b.lane = l.name and b.state = 'waiting') as waiting,
           (select count(*) from lane_backlog b where b.lane = l.name and b.state = 'dead') as dead
      from lanes l, lateral (select count(*) as n, min(e.occurred_at) as oldest from events e
                              where (e.xid, e.id) > (l.cursor_xid, l.cursor_id)) behind
     order by l.name`.execute(db)
  return rows
}

/** Seconds that the oldest writing transaction has held the horizon back; lanes can't read past it. */
export async function readHorizonAge({ db }: Pick<Core, 'db'>): Promise<number> {
  const { rows } = await sql<{
    age: number
  }>`select coalesce(max(extract(epoch from now() - xact_start)), 0)::float8 as age
    from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()`.execute(db)
  return rows[0]?.age ?? 0
}
