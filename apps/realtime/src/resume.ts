import { z } from 'zod'
import type { Live, LiveEvent } from './live.ts'
import { type Payload, Refused } from './protocol/index.ts'

/** More missed events than this are read again over HTTP, which is quicker for everyone. */
export const mostMissed = 1000
/** How far back a cursor may point, in milliseconds. */
export const longestAbsence = 7 * 24 * 3_600_000
/** Events read at a time while replaying. */
export const replayPage = 200

const Cursor = z.object({ last_seq: z.int().nonnegative().nullish(), epoch: z.string().nullish() })

/** Why a cursor can't be resumed from; the client must read the project again over HTTP. */
export type Unresumable = 'epoch_changed' | 'future_cursor' | 'history_expired'

/** Where a joining client stands: `after` is the last event it need not be sent. */
export interface Resumption {
  readonly after: number
  readonly resumed: boolean
  readonly reason?: Unresumable
  /** The first page of what it missed. */
  readonly missed: readonly LiveEvent[]
}

/**
 * Reads the cursor of a join payload, `{last_seq, epoch?}`.
 * @throws Refused `invalid_cursor`
 */
export function cursorOf(payload: Payload): z.infer<typeof Cursor> {
  const cursor = Cursor.safeParse(payload)
  if (!cursor.success) throw new Refused('invalid_cursor')
  return cursor.data
}

/** Decides whether a client can go on from its cursor, when the project stands at `head`. */
export async function resumption(
  live: Live,
  where: {
    readonly projectId: string
    readonly audience: string
    readonly head: number
    readonly epoch: string
  },
  cursor: z.infer<typeof Cursor>,
): Promise<Resumption> {
  const { projectId, audience, head } = where
  const afresh = { after: head, resumed: false, missed: [] }
  const last = cursor.last_seq ?? undefined
  if (last === undefined) return afresh
  if (typeof cursor.epoch === 'string' && cursor.epoch !== where.epoch)
    return { ...afresh, reason: 'epoch_changed' }
  if (last > head) return { ...afresh, reason: 'future_cursor' }
  if (head - last > mostMissed) return { ...afresh, reason: 'history_expired' }
  const missed = last === head ? [] : await live.read(projectId, last, replayPage, [audience])
  if (last < head && !reachesBack(missed[0], last)) return { ...afresh, reason: 'history_expired' }
  return { after: last, resumed: true, missed }
}

function reachesBack(first: LiveEvent | undefined, last: number): boolean {
  return first?.seq === last + 1 && Date.parse(first.at) > Date.now() - longestAbsence
}
