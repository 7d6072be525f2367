import { sql } from 'kysely'
import type { Tx } from '../context.ts'
import { facet } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'
import { known } from './audits.ts'

/** One row for each thing worth counting about how work is reviewed. */
export async function recordAnalytics(tx: Tx, events: StoredRow[]): Promise<void> {
  const rows = known(events).flatMap((event) => {
    const entry = facet('analytics', event)
    if (!entry) return []
    return [
      {
        event_id: event.id,
        name: entry.name,
        account_id: event.accountId,
        project_id: event.projectId,
        asset_id: entry.assetId ?? null,
        review_link_id: entry.reviewLinkId ?? null,
        actor_key: `${event.actor.kind}:${event.actor.id ?? ''}`,
        props: entry.props,
        occurred_at: event.at,
      },
    ]
  })
  if (rows.length === 0) return
  await sql`insert into analytics_rows (event_id, name, account_id, project_id, asset_id, review_link_id, actor_key, props, occurred_at)
    select event_id, name, account_id, project_id, asset_id, review_link_id, actor_key, props, occurred_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (event_id bigint, name text, account_id uuid,
        project_id uuid, asset_id uuid, review_link_id uuid, actor_key text, props jsonb, occurred_at timestamptz)
    on conflict do nothing`.execute(tx)
}
