import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import { type LaneState, readHorizonAge, readLanes } from '../../log/index.ts'
import type { GrantedStaff } from '../policies/staff.ts'
import { recordLook } from './record-look.ts'

/** An event that a lane gave up on, or tries again. */
export interface DeadLetter {
  lane: string
  state: string
  type: string
  attempts: number
  error: string | null
  account_id: string | null
  account: string | null
  occurred_at: string
}

/** How the machinery runs, for every tenant together. */
export interface SystemOverview {
  lanes: LaneState[]
  /** Seconds that the oldest writing transaction holds every lane back. */
  horizon_seconds: number
  dead_letters: DeadLetter[]
  deliveries: { due: number; failed: number; delivered: number; oldest_due: string | null }
}

export async function viewSystem(ctx: Ctx, _staff: GrantedStaff): Promise<SystemOverview> {
  await recordLook(ctx, { page: 'system', accountId: null })
  const [lanes, horizon_seconds, dead_letters, deliveries] = await Promise.all([
    readLanes(ctx),
    readHorizonAge(ctx),
    readDeadLetters(ctx),
    readDeliveries(ctx),
  ])
  return { lanes, horizon_seconds, dead_letters, deliveries }
}

async function readDeadLetters({ db }: Ctx): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetter>`
    select b.lane, b.state, e.type, b.attempts, b.error, e.account_id, a.display_name as account, e.occurred_at
      from lane_backlog b join events e on e.id = b.event_id and e.occurred_at = b.event_at
      left join accounts a on a.id = e.account_id
     where b.state in ('dead', 'retry') order by b.state, e.id desc limit 100`.execute(db)
  return rows
}

async function readDeliveries({ db }: Ctx): Promise<SystemOverview['deliveries']> {
  const { rows } = await sql<SystemOverview['deliveries']>`
    select count(*) filter (where state = 'due') as due, count(*) filter (where state = 'failed') as failed,
           count(*) filter (where state = 'delivered') as delivered, min(inserted_at) filter (where state = 'due') as oldest_due
      from webhook_deliveries`.execute(db)
  return rows[0] ?? { due: 0, failed: 0, delivered: 0, oldest_due: null }
}
