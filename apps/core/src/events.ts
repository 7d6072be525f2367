import type { AccountEvent } from './accounts/events/index.ts'
import { accountProtocols } from './accounts/events/index.ts'
import type { EventActor } from './actor.ts'
import type { ProjectEvent } from './projects/events/index.ts'
import { projectProtocols } from './projects/events/index.ts'

/** Every change that Core announces. */
export type CoreEvent = AccountEvent | ProjectEvent
export type EventType = CoreEvent['type']

/** What every event says of where it happened; `subjectId` is what it happened to. */
export interface Event<T extends string, Data extends object> {
  type: T
  version: 1
  accountId: string | null
  teamId: string | null
  projectId: string | null
  subjectId: string
  data: Data
}

/** An event as the log keeps it. `seq` is its place in its project, gapless from 1; null outside projects. */
export type Stored<E extends CoreEvent = CoreEvent> = E & {
  id: number
  xid: string
  seq: number | null
  actor: EventActor
  meta: { request_id: string; traceparent: string | null; source: string; ip: string | null }
  at: string
}

/** What an event means to each consumer; null: nothing, on purpose. A missing answer doesn't compile. */
export interface Facets<E extends CoreEvent> {
  audit: ((event: Stored<E>) => AuditEntry) | null
  analytics: ((event: Stored<E>) => AnalyticsEntry) | null
  notify: ((event: Stored<E>) => Notice) | null
  usage: ((event: Stored<E>) => UsageEntry[]) | null
  cache: ((event: Stored<E>) => string[]) | null
  realtime: ((event: Stored<E>) => RealtimeEntry) | null
  webhook: ((event: Stored<E>) => WebhookEntry) | null
}

export type Protocols<E extends CoreEvent> = { [T in E['type']]: Facets<Extract<E, { type: T }>> }

export interface AuditEntry {
  /** V2's legacy audit action, e.g. `CommentCreated`. */
  action: string
  itemType: string
  details: object
}

export interface AnalyticsEntry {
  name: string
  assetId?: string
  reviewLinkId?: string
  props: object
}

/** Who should be told is found from what happened, at the time of telling (see projects/services/tell-people.ts). */
export interface Notice {
  kind: 'comment' | 'asset' | 'label' | 'person'
  assetId?: string
  commentId?: string
  userId?: string
  /** Where the sentence "Ana commented on cut.mov" gets its middle. */
  verb: string
}

export interface UsageEntry {
  metric: 'comments' | 'files' | 'storage' | 'projects' | 'minutes'
  amount: number
}

export interface RealtimeEntry {
  data: object
  /** `team`: not for collaborators and guests (private assets, team-only comments). */
  audience: 'everyone' | 'team'
}

/** The body's `resource` of V2 webhooks. */
export interface WebhookEntry {
  resource: { type: string; id: string }
}

const protocols = { ...accountProtocols, ...projectProtocols }

/** The types that this version knows; a lane parks anything else instead of failing on it. */
export function isKnownEvent(type: string): type is EventType {
  return Object.hasOwn(protocols, type)
}

/** What `event` means to the consumer called `name`, or null. */
export function facet<N extends keyof Facets<CoreEvent>>(
  name: N,
  event: Stored,
): ReturnType<NonNullable<Facets<CoreEvent>[N]>> | null {
  // TypeScript can't see that protocols[event.type] takes just this event.
  const facets = protocols[event.type] as unknown as Facets<CoreEvent>
  const answer = facets[name] as ((event: Stored) => ReturnType<NonNullable<Facets<CoreEvent>[N]>>) | null
  return answer ? answer(event) : null
}

/** Whether V2 webhooks may subscribe to `type`. */
export function webhookTypes(): string[] {
  return Object.entries(protocols).flatMap(([type, facets]) => (facets.webhook ? [type] : []))
}
