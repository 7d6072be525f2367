import type { Event, Protocols, Stored } from '../../events.ts'

export type ReviewLinkEvent =
  | Event<'reviewlink.created', { name: string }>
  | Event<'reviewlink.updated', { changed: string[] }>
  | Event<'reviewlink.deleted', object>
  | Event<'reviewlink.viewed', { anonymous_user_id: string; name: string }>

type Any = Stored<ReviewLinkEvent>

const audit = (action: string) => (e: Any) => ({ action, itemType: 'review_link', details: e.data })
const cache = (e: Any) => [`reviewlink:${e.subjectId}`]
const realtime = (e: Any) => ({ data: { review_link_id: e.subjectId }, audience: 'team' as const })
const rest = { analytics: null, notify: null, usage: null, cache, realtime, webhook: null }

export const reviewLinkProtocols: Protocols<ReviewLinkEvent> = {
  'reviewlink.created': {
    ...rest,
    audit: audit('ReviewLinkCreated'),
    webhook: (e) => ({ resource: { type: 'reviewlink', id: e.subjectId } }),
  },
  'reviewlink.updated': { ...rest, audit: audit('ReviewLinkUpdated') },
  'reviewlink.deleted': { ...rest, audit: audit('ReviewLinkDeleted') },
  'reviewlink.viewed': {
    ...rest,
    audit: audit('ReviewLinkViewed'),
    analytics: (e) => ({ name: 'reviewlink.viewed', reviewLinkId: e.subjectId, props: {} }),
  },
}
