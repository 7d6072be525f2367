import { sql } from 'kysely'
import type { Tx } from '../context.ts'
import { facet } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'
import { known } from './audits.ts'

const NO_PROJECT = '00000000-0000-0000-0000-000000000000'

/** Adds up what events used; counters move with the lane's cursor in one transaction, so nothing counts twice. */
export async function recordUsage(tx: Tx, events: StoredRow[]): Promise<void> {
  const sums = new Map<string, { account_id: string; project_id: string; metric: string; amount: number }>()
  for (const event of known(events))
    for (const { metric, amount } of facet('usage', event) ?? []) {
      if (!event.accountId) continue
      const project_id = event.projectId ?? NO_PROJECT
      const key = `${event.accountId} ${project_id} ${metric}`
      const sum = sums.get(key) ?? { account_id: event.accountId, project_id, metric, amount: 0 }
      sum.amount += amount
      sums.set(key, sum)
    }
  if (sums.size === 0) return
  await sql`insert into usage_counters (account_id, project_id, metric, value)
    select account_id, project_id, metric, amount from jsonb_to_recordset(${JSON.stringify([...sums.values()])}::jsonb)
      as row (account_id uuid, project_id uuid, metric text, amount bigint)
    on conflict (account_id, project_id, metric) do update
      set value = usage_counters.value + excluded.value, updated_at = now()`.execute(tx)
}
