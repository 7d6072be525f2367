import { sql } from 'kysely'
import type { Tx } from '../context.ts'
import { facet, isKnownEvent, type Stored } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'

/** An event of a type this version doesn't know: the lane parks it until a version that does is running. */
export class UnknownEventError extends Error {
  constructor(type: string) {
    super(`unknown event type ${type}`)
    this.name = 'UnknownEventError'
  }
}

/** The events as this version understands them. Throws for a type it doesn't know. */
export function known(events: StoredRow[]): Stored[] {
  return events.map((event) => {
    if (!isKnownEvent(event.type)) throw new UnknownEventError(event.type)
    return event as Stored
  })
}

/** One audit row for each auditable event: who, from where, to what. */
export async function recordAudits(tx: Tx, events: StoredRow[]): Promise<void> {
  const rows = known(events).flatMap((event) => {
    const entry = facet('audit', event)
    if (!entry) return []
    return [
      {
        event_id: event.id,
        account_id: event.accountId,
        team_id: event.teamId,
        project_id: event.projectId,
        action: entry.action,
        actor: event.actor,
        actor_id: event.actor.id,
        item_type: entry.itemType,
        item_id: event.subjectId,
        details: entry.details,
        source: event.meta.source,
        ip_address: event.meta.ip,
        request_id: event.meta.request_id,
        occurred_at: event.at,
      },
    ]
  })
  if (rows.length === 0) return
  await sql`insert into audits (event_id, account_id, team_id, project_id, action, actor, actor_id, item_type, item_id, details,
      source, ip_address, request_id, occurred_at)
    select event_id, account_id, team_id, project_id, action, actor, actor_id, item_type, item_id, details, source,
           ip_address, request_id, occurred_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (event_id bigint, account_id uuid, team_id uuid,
        project_id uuid, action text, actor jsonb, actor_id uuid, item_type text, item_id uuid, details jsonb, source text,
        ip_address inet, request_id text, occurred_at timestamptz)
    on conflict (event_id) do nothing`.execute(tx)
}
