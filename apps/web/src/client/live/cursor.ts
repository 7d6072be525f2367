/**
 * Where each project's event stream is to be resumed. A snapshot "at seq n" moves the cursor only while no stream is
 * open: of several snapshots the oldest counts, because what the others already contain may safely come again.
 */
const cursors = new Map<string, number>()
const open = new Set<string>()

/** Notes that what was just read of the project contains its events up to `seq`. */
export function noteSnapshot(projectId: string, seq: number | null): void {
  if (seq === null || open.has(projectId)) return
  cursors.set(projectId, Math.min(cursors.get(projectId) ?? seq, seq))
}

/** The last event known of; undefined when nothing was read yet. */
export function lastSeq(projectId: string): number | undefined {
  return cursors.get(projectId)
}

/** Moves on to `seq`; false when this event was seen before and must be dropped. */
export function advance(projectId: string, seq: number): boolean {
  open.add(projectId)
  const last = cursors.get(projectId)
  if (last !== undefined && seq <= last) return false
  cursors.set(projectId, seq)
  return true
}

let epoch: string | undefined

/** The life of the database that the cursors belong to; it changes when a backup was restored. */
export function knownEpoch(): string | undefined {
  return epoch
}

/** Starts afresh at `head`, after the server said that the gap can't be replayed. */
export function restartAt(projectId: string, head: number): void {
  cursors.set(projectId, head)
}

export function noteEpoch(now: string | undefined): void {
  epoch = now
}
