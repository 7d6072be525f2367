import type { Event, Protocols, Stored } from '../../events.ts'

interface ReviewerIds {
  review_link_id: string
  /** Null for somebody who was named by e-mail and isn't known yet. */
  user_id: string | null
}

export type ReviewLinkEvent =
  | Event<'reviewlink.created', { name: string }>
  | Event<'reviewlink.updated', { changed: string[] }>
  | Event<'reviewlink.deleted', object>
  | Event<'reviewlink.viewed', { anonymous_user_id: string; name: string }>
  | Event<'reviewer.created', ReviewerIds>
  | Event<'reviewer.deleted', ReviewerIds>

type Any = Stored<ReviewLinkEvent>

const audit = (action: string) => (e: Any) => ({ action, itemType: 'review_link', details: e.data })
const linkOf = (e: Any) => ('review_link_id' in e.data ? e.data.review_link_id : e.subjectId)
const cache = (e: Any) => [`reviewlink:${linkOf(e)}`]
const realtime = (e: Any) => ({ data: { review_link_id: linkOf(e) }, audience: 'team' as const })
const reviewer = (what: string) => (e: Stored<Extract<ReviewLinkEvent, { data: ReviewerIds }>>) => ({
  action: e.data.user_id ? `Reviewer${what}` : `PendingReviewer${what}`,
  itemType: e.data.user_id ? 'reviewer' : 'pending_reviewer',
  details: e.data,
})
const rest = { analytics: null, notify: null, usage: null, cache, realtime, webhook: null }

export const reviewLinkProtocols: Protocols<ReviewLinkEvent> = {
  'reviewlink.created': {
    ...rest,
    audit: audit('ReviewLinkCreated'),
    webhook: (e) => ({ resource: { type: 'reviewlink', id: e.subjectId } }),
  },
  'reviewlink.updated': { ...rest, audit: audit('ReviewLinkUpdated') },
  'reviewlink.deleted': { ...rest, audit: audit('ReviewLinkDeleted') },
  'reviewer.created': { ...rest, audit: reviewer('Created') },
  'reviewer.deleted': { ...rest, audit: reviewer('Deleted') },
  'reviewlink.viewed': {
    ...rest,
    audit: audit('ReviewLinkViewed'),
    analytics: (e) => ({ name: 'reviewlink.viewed', reviewLinkId: e.subjectId, props: {} }),
  },
}
