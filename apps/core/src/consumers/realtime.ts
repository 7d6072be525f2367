import { facet, isKnownEvent, type RealtimeEntry, type Stored } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'

/** What a socket says of an event, and to whom; null: nothing. */
export function realtimeEntry(event: StoredRow): RealtimeEntry | null {
  return isKnownEvent(event.type) ? facet('realtime', event as Stored) : null
}
