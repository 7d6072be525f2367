import { facet, isKnownEvent, type Stored } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'

/** The cache keys that events make stale. Types this version doesn't know have nothing cached by it. */
export function staleKeys(events: StoredRow[]): string[] {
  const keys = events.flatMap((event) =>
    isKnownEvent(event.type) ? (facet('cache', event as Stored) ?? []) : [],
  )
  return [...new Set(keys)]
}
