import { sql } from 'kysely'
import { eventActor } from '../actor.ts'
import type { Ctx, Tx } from '../context.ts'
import type { CoreEvent } from '../events.ts'

/**
 * Appends events in the order given. Takes each project's row-locked counter last in the transaction (fewest
 * milliseconds held), one increment a project however many events, so `project_seq` is gapless and commit order is seq
 * order; projects are locked in id order, so two writers can't deadlock on them.
 */
export async function appendEvents(tx: Tx, ctx: Ctx, events: CoreEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = numberWithinProject(events)
  const meta = JSON.stringify({
    request_id: ctx.requestId,
    traceparent: ctx.traceparent,
    source: ctx.source,
    ip: ctx.ip,
  })
  await sql`
    with wanted as (
      select project_id, max(place) as n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (project_id uuid, place bigint) where project_id is not null group by project_id order by project_id
    ), locked as (
      select h.project_id from project_heads h join wanted using (project_id) order by h.project_id for update of h
    ), bumped as (
      update project_heads h set seq = h.seq + w.n from wanted w join locked using (project_id)
       where h.project_id = w.project_id returning h.project_id, h.seq - w.n as base
    )
    insert into events (account_id, team_id, project_id, project_seq, type, version, actor, aggregate_type, aggregate_id, data, meta)
    select row.account_id, row.team_id, row.project_id, bumped.base + row.place, row.type, row.version,
           ${JSON.stringify(eventActor(ctx.actor))}::jsonb, row.aggregate_type, row.aggregate_id, row.data, ${meta}::jsonb
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (ordinal int, account_id uuid, team_id uuid, project_id uuid,
           place bigint, type text, version smallint, aggregate_type text, aggregate_id uuid, data jsonb)
      left join bumped on bumped.project_id = row.project_id
     order by row.ordinal`.execute(tx)
}

interface EventRow {
  ordinal: number
  account_id: string | null
  team_id: string | null
  project_id: string | null
  place: number
  type: string
  version: number
  aggregate_type: string
  aggregate_id: string
  data: unknown
}

function numberWithinProject(events: CoreEvent[]): EventRow[] {
  const counts = new Map<string | null, number>()
  return events.map((event, ordinal) => {
    const place = (counts.get(event.projectId) ?? 0) + 1
    counts.set(event.projectId, place)
    return {
      ordinal,
      account_id: event.accountId,
      team_id: event.teamId,
      project_id: event.projectId,
      place,
      type: event.type,
      version: event.version,
      aggregate_type: event.type.slice(0, event.type.indexOf('.')),
      aggregate_id: event.subjectId,
      data: event.data,
    }
  })
}
