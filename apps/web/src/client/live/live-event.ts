import type { Comment } from '../wire/types.ts'

/** A durable event as the socket brings it (realtime section 1.5). */
export interface LiveEvent {
  seq: number
  type: string
  at: string
  actor?: { kind: string; id: string | null }
  data: EventData
}

export interface EventData {
  asset_id?: string
  parent_id?: string | null
  from_parent_id?: string | null
  version_stack_id?: string
  comment_id?: string
  comment?: Comment
  progress?: number
  project_id?: string
}

/** What an event asks of the cache. */
export type Effect =
  | { kind: 'keep-comment'; comment: Comment }
  | { kind: 'fetch-comment'; commentId: string; assetId: string }
  | { kind: 'drop-comment'; commentId: string; assetId: string }
  | { kind: 'progress'; assetId: string; progress: number }
  | { kind: 'refresh'; assetIds: string[] }
  | { kind: 'people'; projectId: string }
  | { kind: 'none' }

/** Reads what an event means for what is on screen. Pure: applying it is `applyEffect`. */
export function effectOf(event: LiveEvent): Effect {
  const { data } = event
  if (event.type.startsWith('comment.')) return commentEffect(event.type, data)
  if (event.type.startsWith('collaborator.') && data.project_id)
    return { kind: 'people', projectId: data.project_id }
  if (!event.type.startsWith('asset.') || !data.asset_id) return { kind: 'none' }
  if (event.type === 'asset.progressed')
    return { kind: 'progress', assetId: data.asset_id, progress: data.progress ?? 0 }
  const touched = [data.asset_id, data.parent_id, data.from_parent_id, data.version_stack_id]
  return { kind: 'refresh', assetIds: [...new Set(touched.filter((id) => typeof id === 'string'))] }
}

function commentEffect(type: string, data: EventData): Effect {
  const commentId = data.comment_id ?? data.comment?.id
  const assetId = data.asset_id ?? data.comment?.asset_id
  if (!commentId || !assetId) return { kind: 'none' }
  if (type === 'comment.deleted') return { kind: 'drop-comment', commentId, assetId }
  if (data.comment) return { kind: 'keep-comment', comment: data.comment }
  return { kind: 'fetch-comment', commentId, assetId }
}

/** Whether a payload is a durable event; presence and typing notes carry no `seq`. */
export function isLiveEvent(payload: unknown): payload is LiveEvent {
  const value = payload as Partial<LiveEvent> | null
  return typeof value?.seq === 'number' && typeof value.type === 'string' && typeof value.data === 'object'
}
