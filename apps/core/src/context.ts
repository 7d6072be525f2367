import type { Db, Tables } from '@rushes/db'
import { CompiledQuery, type Kysely, type Transaction } from 'kysely'
import type { Actor } from './actor.ts'
import type { Blobs, Links } from './blobs.ts'
import type { Cache } from './cache.ts'
import { fromDatabase, isSerializationFailure } from './database-errors.ts'
import type { Doorbell } from './doorbell.ts'
import type { CoreEvent } from './events.ts'
import { claimKey, keepResult } from './idempotency.ts'
import type { Jobs } from './jobs.ts'
import { appendEvents } from './log/append.ts'
import type { Mail } from './mail.ts'
import type { Media } from './media.ts'
import type { Urls } from './urls.ts'

/** The database for reading: no insert, update or delete by type, and its sessions are read-only for raw SQL too. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'getExecutor'>

/** What Core is given, once a process. `db` can't write by type: `change` is the only way. */
export interface Core {
  readonly db: Reader
  readonly writer: Writer
  readonly doorbell: Doorbell
  readonly jobs: Jobs
  readonly blobs: Blobs
  readonly links: Links
  readonly media: Media | null
  readonly mail: Mail
  readonly cache: Cache
  readonly urls: Urls
  readonly signUp: boolean
  /** Judges the URL of a webhook before it is saved; throws `invalid`. */
  readonly checkHookUrl: (url: string) => void
}

declare const writable: unique symbol

/** The database as `change` alone may open it; opaque to everyone else. */
export interface Writer {
  readonly [writable]: never
}

/** Core's two handles: `reader` must have been opened read-only; only `change` unwraps the writer. */
export function handles(reader: Db, writer: Db): Pick<Core, 'db' | 'writer'> {
  return { db: reader.kysely, writer: writer.kysely as unknown as Writer }
}

/** Core and on whose behalf: the first argument of every service. */
export interface Ctx {
  readonly core: Core
  readonly db: Reader
  readonly actor: Actor
  readonly requestId: string
  readonly source: string
  readonly ip: string | null
  readonly traceparent: string | null
  /** The client's Idempotency-Key and what it was sent with; `change` stores them with the effect. */
  readonly idempotency: { key: string; requestHash: Buffer } | null
}

export type Tx = Transaction<Tables>
export type Emit = (event: CoreEvent) => void

/** A context for `actor`; a wrapper adds what it knows of the request. */
export function contextFor(
  core: Core,
  actor: Actor,
  request: Partial<Omit<Ctx, 'core' | 'db' | 'actor'>> = {},
): Ctx {
  return {
    core,
    db: core.db,
    actor,
    requestId: request.requestId ?? crypto.randomUUID(),
    source: request.source ?? 'core',
    ip: request.ip ?? null,
    traceparent: request.traceparent ?? null,
    idempotency: request.idempotency ?? null,
  }
}

const ATTEMPTS = 5

/**
 * The one way to write: runs `work` in a transaction and appends what it emits to the event log in that same
 * transaction, so no committed change is without its event and nobody hears of one that was rolled back. A lost race
 * (deadlock, serialization) runs again, up to five times; so `work` must have no other effects. Rings the doorbell
 * after the commit. Throws CoreError for what the database refuses.
 */
export async function change<T>(ctx: Ctx, work: (tx: Tx, emit: Emit) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await changeOnce(ctx, work)
    } catch (error) {
      if (attempt === ATTEMPTS || !isSerializationFailure(error)) throw fromDatabase(error)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}

async function changeOnce<T>(ctx: Ctx, work: (tx: Tx, emit: Emit) => Promise<T>): Promise<T> {
  const events: CoreEvent[] = []
  const result = await transact(ctx.core.writer, async (tx) => {
    const earlier = await claimKey<T>(tx, ctx)
    if (earlier) return earlier.result
    const done = await work(tx, (event) => void events.push(event))
    await keepResult(tx, ctx, done)
    await appendEvents(tx, ctx, events)
    return done
  })
  if (events.length > 0) ctx.core.doorbell.ring([...new Set(events.map((event) => event.projectId ?? ''))])
  return result
}

/** A transaction that may write. Only `change` and the lanes (whose own bookkeeping is not news) may name it. */
export function transact<T>(writer: Writer, work: (tx: Tx) => Promise<T>): Promise<T> {
  return (writer as unknown as Kysely<Tables>).transaction().execute(work)
}

/** The transaction as a library with SQL of its own can use it (the job queue, whose insert belongs to the change). */
export function rawQueries(tx: Tx) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values))
      return { rows: rows as never[] }
    },
  }
}
