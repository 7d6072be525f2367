/** What a token may do; the wire names of V2's OAuth scopes (v2 "Scopes"). */
export const SCOPES = [
  'account.read',
  ...verbs('action'),
  ...verbs('asset'),
  'auditlog.read',
  ...verbs('comment'),
  ...verbs('presentation'),
  ...verbs('project'),
  ...verbs('reviewlink'),
  'team.create',
  'team.read',
  'team.update',
  ...verbs('webhook'),
  'offline',
] as const

type Verb = 'create' | 'read' | 'update' | 'delete'
type Verbs<R extends string> = `${R}.${Verb}`

function verbs<R extends string>(resource: R): Verbs<R>[] {
  return (['create', 'read', 'update', 'delete'] as const).map((verb): Verbs<R> => `${resource}.${verb}`)
}

export type Scope = (typeof SCOPES)[number]

/** On whose behalf something happens. `scopes` null: a signed-in session, bounded by the person's roles alone. */
export type Actor =
  | { kind: 'user'; userId: string; scopes: readonly string[] | null; via: string }
  | { kind: 'guest'; anonymousUserId: string; reviewLinkId: string }
  | { kind: 'staff'; userId: string; reason: string }
  | { kind: 'system'; job: string }
  | { kind: 'anonymous' }

/** The stable key of an actor: rate limits, idempotency and analytics count by it. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.userId}`
    case 'guest':
      return `guest:${actor.anonymousUserId}`
    case 'staff':
      return `staff:${actor.userId}`
    case 'system':
      return `system:${actor.job}`
    case 'anonymous':
      return 'anonymous'
  }
}

/** How an actor stands in an event: ids only, never a token. */
export interface EventActor {
  kind: Actor['kind']
  id: string | null
}

export function eventActor(actor: Actor): EventActor {
  switch (actor.kind) {
    case 'user':
    case 'staff':
      return { kind: actor.kind, id: actor.userId }
    case 'guest':
      return { kind: actor.kind, id: actor.anonymousUserId }
    case 'system':
    case 'anonymous':
      return { kind: actor.kind, id: null }
  }
}
