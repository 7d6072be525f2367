import { sql } from 'kysely'
import type { Stored } from '../events.ts'

/** The columns of `events e` that make a `Stored` event. */
export const storedColumns = sql`e.id, e.xid::text as xid, e.account_id as "accountId", e.team_id as "teamId",
  e.project_id as "projectId", e.project_seq as seq, e.type, e.version, e.aggregate_id as "subjectId", e.actor, e.data,
  e.meta, e.occurred_at as at`

/** An event of any type and version, as read back; `isKnownEvent` tells whether this version understands it. */
export type StoredRow = Omit<Stored, 'type'> & { type: string }
