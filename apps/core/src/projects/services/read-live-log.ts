import { sql } from 'kysely'
import type { Actor, EventActor } from '../../actor.ts'
import { realtimeEntry } from '../../consumers/realtime.ts'
import type { Ctx } from '../../context.ts'
import type { RealtimeEntry } from '../../events.ts'
import { readProjectLog } from '../../log/read-project.ts'
import type { StoredRow } from '../../log/stored.ts'
import { assetVisible } from '../access.ts'
import type { Audience } from './follow-topic.ts'

/** What a socket says of an event. */
export type LiveBody = {
  seq: number
  id: number
  type: string
  version: number
  at: string
  actor: EventActor
  data: object
}

/** An event of a project with what each audience may hear of it; one that is not in `told` hears nothing. */
export interface LiveRow {
  seq: number
  type: string
  at: string
  /** Whether it may have changed who may follow the project. */
  changesAccess: boolean
  told: Map<Audience, LiveBody>
}

const accessTypes: ReadonlySet<string> = new Set([
  'collaborator.created',
  'collaborator.deleted',
  'project.updated',
  'project.deleted',
  'reviewlink.updated',
  'reviewlink.deleted',
])

/**
 * Events of a project after `seq` in order, at most `limit`, each with what the `audiences` may hear of it as things stand
 * now: a private branch is for the team, and the guests of a link hear only of what the link shows.
 */
export async function readLiveLog(
  ctx: Pick<Ctx, 'db'>,
  projectId: string,
  afterSeq: number,
  limit: number,
  audiences: readonly Audience[],
): Promise<LiveRow[]> {
  const rows = await readProjectLog(ctx, projectId, afterSeq, limit)
  const entries = rows.map((row) => ({ row, entry: realtimeEntry(row), told: new Map<Audience, LiveBody>() }))
  for (const audience of audiences) {
    const hears = await hearing(
      ctx,
      audience,
      entries.map(({ entry }) => entry),
    )
    for (const { row, entry, told } of entries)
      if (entry && hears(entry)) told.set(audience, bodyOf(row, entry))
  }
  return entries.map(({ row, told }) => ({
    seq: Number(row.seq),
    type: row.type,
    at: row.at,
    changesAccess: accessTypes.has(row.type),
    told,
  }))
}

async function hearing(
  ctx: Pick<Ctx, 'db'>,
  audience: Audience,
  entries: readonly (RealtimeEntry | null)[],
): Promise<(entry: RealtimeEntry) => boolean> {
  if (audience === 'team') return () => true
  const open = entries.filter((entry) => entry?.audience === 'everyone')
  const visible = await visibleAssets(
    ctx,
    audience,
    open.map((entry) => assetOf(entry)).filter((id) => id !== null),
  )
  return (entry) => {
    if (entry.audience !== 'everyone') return false
    const id = assetOf(entry)
    return id === null ? audience === 'everyone' : visible.has(id)
  }
}

function assetOf(entry: RealtimeEntry | null): string | null {
  const id = (entry?.data as { asset_id?: unknown } | undefined)?.asset_id
  return typeof id === 'string' ? id : null
}

/** Those of the assets that anyone of the audience may know of, by the same rule as everywhere else. */
async function visibleAssets(ctx: Pick<Ctx, 'db'>, audience: Audience, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const guest = audience.startsWith('link:')
  const actor: Actor = guest
    ? { kind: 'guest', anonymousUserId: '', reviewLinkId: audience.slice('link:'.length) }
    : { kind: 'user', userId: '', scopes: null, via: 'realtime' }
  const role = sql.lit(guest ? 'guest' : 'collaborator')
  const { rows } = await sql<{ id: string }>`select row.id from (
      select a.*, ${role}::text as role from assets a where a.id = any(${ids}::uuid[])
    ) row where ${assetVisible(actor)}`.execute(ctx.db)
  return new Set(rows.map((row) => row.id))
}

function bodyOf({ id, type, version, seq, at, actor }: StoredRow, { data }: RealtimeEntry): LiveBody {
  return { seq: Number(seq), id, type, version, at, actor, data }
}
