import type { Event, Protocols, RealtimeEntry, Stored } from '../../events.ts'

export interface CommentIds {
  asset_id: string
  parent_id: string | null
  private: boolean
}

export type CommentEvent =
  | Event<'comment.created', CommentIds & { review_link_id: string | null; has_annotation: boolean }>
  | Event<'comment.updated', CommentIds & { changed: string[] }>
  | Event<'comment.deleted', CommentIds & { removed: number }>
  | Event<'comment.completed', CommentIds>
  | Event<'comment.uncompleted', CommentIds>
  | Event<'comment.liked', CommentIds & { like_count: number }>

type Any = Stored<CommentEvent>

const realtime = (e: Any): RealtimeEntry => ({
  data: { comment_id: e.subjectId, asset_id: e.data.asset_id, parent_id: e.data.parent_id },
  audience: e.data.private ? 'team' : 'everyone',
})
const audit = (action: string) => (e: Any) => ({ action, itemType: 'comment', details: e.data })
const webhook = (e: Any) => ({ resource: { type: 'comment', id: e.subjectId } })
const cache = (e: Any) => [`asset:${e.data.asset_id}`]

export const commentProtocols: Protocols<CommentEvent> = {
  'comment.created': {
    audit: audit('CommentCreated'),
    analytics: (e) => ({
      name: 'comment.created',
      assetId: e.data.asset_id,
      ...(e.data.review_link_id && { reviewLinkId: e.data.review_link_id }),
      props: { reply: e.data.parent_id !== null, drawing: e.data.has_annotation },
    }),
    notify: (e) => ({
      kind: 'comment',
      assetId: e.data.asset_id,
      commentId: e.subjectId,
      verb: e.data.parent_id ? 'replied on' : 'commented on',
    }),
    usage: () => [{ metric: 'comments', amount: 1 }],
    cache,
    realtime,
    webhook,
  },
  'comment.updated': {
    audit: audit('CommentUpdated'),
    analytics: null,
    notify: null,
    usage: null,
    cache,
    realtime,
    webhook,
  },
  'comment.deleted': {
    audit: audit('CommentDeleted'),
    analytics: null,
    notify: null,
    usage: (e) => [{ metric: 'comments', amount: -e.data.removed }],
    cache,
    realtime,
    webhook,
  },
  'comment.completed': {
    audit: audit('CommentCompleted'),
    analytics: (e) => ({ name: 'comment.completed', assetId: e.data.asset_id, props: {} }),
    notify: null,
    usage: null,
    cache,
    realtime,
    webhook,
  },
  'comment.uncompleted': {
    audit: audit('CommentUncompleted'),
    analytics: null,
    notify: null,
    usage: null,
    cache,
    realtime,
    webhook,
  },
  'comment.liked': {
    audit: null,
    analytics: null,
    notify: null,
    usage: null,
    cache,
    realtime,
    webhook: null,
  },
}
