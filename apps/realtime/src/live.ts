import type { Payload } from './protocol/index.ts'

/** What a visitor may do under a topic. */
export interface Admission {
  /** Whose log the topic shows; null for a topic that has none. */
  readonly projectId: string | null
  /** Visitors of one audience are told the same. */
  readonly audience: string
  /** Whether others hear and see this visitor; support staff only look. */
  readonly speaks: boolean
  readonly person: { readonly id: string; readonly name: string }
}

/** Somebody known. `key` is the same for the same person coming by the same kind of token. */
export interface Visitor {
  readonly key: string
  /** What Core's policy says about a topic now; null when it is foreign or absent, which look the same. */
  admit(topic: string): Promise<Admission | null>
}

/** One event of a project's log. */
export interface LiveEvent {
  /** Its place in the project, gapless from 1. */
  readonly seq: number
  readonly type: string
  /** UTC, ISO 8601. */
  readonly at: string
  /** Whether it may have changed who may follow the project. */
  readonly changesAccess: boolean
  /** What each audience is told; an audience that is not in it is not told. */
  readonly told: ReadonlyMap<string, Payload>
}

/** Something new in a person's inbox. */
export interface Notice {
  readonly id: string
  readonly userId: string
  readonly body: Payload
}

/** What Realtime is given: who is who, and the log. Core decides, Realtime carries. */
export interface Live {
  /** Whom a token speaks for; null when it is unknown, expired or revoked. */
  whoIs(token: string): Promise<Visitor | null>
  /** Changes when the database was restored: a seq of another epoch means nothing. */
  epoch(): Promise<string>
  /** The newest seq of each project. */
  heads(projectIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Events after `afterSeq` in order, at most `limit`, with what each of the audiences is told. */
  read(
    projectId: string,
    afterSeq: number,
    limit: number,
    audiences: readonly string[],
  ): Promise<readonly LiveEvent[]>
  /** What came into these people's inboxes within the last seconds; a notice may come again. */
  notices(userIds: readonly string[], seconds: number): Promise<readonly Notice[]>
  /** Hears which projects moved. A ring may get lost; Realtime also polls. */
  listen(heard: (projectIds: readonly string[]) => void): Disposable
}
