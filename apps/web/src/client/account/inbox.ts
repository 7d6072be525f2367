import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../wire/query-client.ts'
import { request } from '../wire/request.ts'

export interface Note {
  id: string
  type: string
  reason: 'mention' | 'reply' | 'owner' | 'watcher' | 'invited'
  project_id: string | null
  asset_id: string | null
  comment_id: string | null
  actor: { kind: string; id: string | null }
  text: string
  read_at: string | null
  inserted_at: string
}

/** Notifications about one asset (or of one kind, where there is none), newest first. */
export interface NoteGroup {
  key: string
  notes: Note[]
}

export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: () => request<Note[]>('GET', '/v2/notifications?page_size=200'),
  staleTime: 15_000,
})

/** Puts what concerns one asset together, in the order of the newest of each. */
export function groupNotes(notes: readonly Note[]): NoteGroup[] {
  const groups = Map.groupBy(notes, (note) => note.asset_id ?? note.project_id ?? note.id)
  return [...groups].map(([key, list]) => ({ key, notes: list }))
}

export function unreadIn(notes: readonly Note[]): Note[] {
  return notes.filter(({ read_at }) => read_at === null)
}

/** Marks notes as read. */
export async function markRead(notes: readonly Note[]): Promise<void> {
  await request('POST', '/v2/notifications/read', { ids: unreadIn(notes).map(({ id }) => id) })
  await queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey })
}

/** The page a note leads to, or null. */
export function hrefOf(note: Note): string | null {
  if (note.asset_id) return `/assets/${note.asset_id}${note.comment_id ? `?comment=${note.comment_id}` : ''}`
  return note.project_id ? `/projects/${note.project_id}` : null
}
