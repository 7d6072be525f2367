import { notFound } from './legacy-error.ts'
import type { V2 } from './v2/client.ts'
import { NULL } from './wire/codec.ts'
import { needText, type Parameters } from './wire/parameters.ts'

/** Kinds of records whose legacy ids may differ from V2's; all others kept their UUID in the migration. */
export type Kind = 'project' | 'folder' | 'file_reference' | 'version_stack'

/** The legacy id of something by its V2 id; what was born in V2 has no other. */
export type LegacyIds = (id: string | null | undefined) => string

/** One request in the hands of an endpoint. */
export interface Call {
  params: Parameters
  v2: V2
  /** The signed-in person's id. */
  userId: string
  /** The V2 id that a parameter names, by either id. Throws like V2 for what is foreign or absent. */
  id(kind: Kind, given?: string): Promise<string>
  legacyIds(ids: (string | null | undefined)[]): Promise<LegacyIds>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isUuid(id: string): boolean {
  return UUID.test(id)
}

export function makeCall(params: Parameters, v2: V2, userId: string): Call {
  return {
    params,
    v2,
    userId,
    async id(kind, given = needText(params, 'id')) {
      if (isUuid(given)) return given.toLowerCase()
      if (!/^[\x21-\x7e]{1,64}$/.test(given)) throw notFound()
      const found = await v2.get<{ id: string }>(`/v2/legacy_ids/${kind}/${encodeURIComponent(given)}`)
      return found.id
    },
    legacyIds: (ids) => lookUp(v2, ids),
  }
}

/** V2 takes so many at once. */
const BATCH = 500

async function lookUp(v2: V2, ids: (string | null | undefined)[]): Promise<LegacyIds> {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))]
  const known = new Map<string, string>()
  for (let from = 0; from < wanted.length; from += BATCH) {
    const found = await v2.post<{ id: string; legacy_id: string }[]>('/v2/legacy_ids', {
      ids: wanted.slice(from, from + BATCH),
    })
    for (const { id, legacy_id } of found) known.set(id, legacy_id)
  }
  return (id) => (id ? (known.get(id) ?? id) : NULL)
}

/** A parameter that names a record which kept its UUID. */
export function uuidParam({ params }: Pick<Call, 'params'>, key = 'id'): string {
  const id = needText(params, key)
  if (!isUuid(id)) throw notFound()
  return id.toLowerCase()
}
