import { columns } from '@rushes/dynasaur'

/** Columns that every staged record has. */
export const stagedStamps = {
  inserted_at: columns.timestamptz().nullable(),
  updated_at: columns.timestamptz().nullable(),
  deleted_at: columns.timestamptz().nullable(),
  unknown_attributes: columns.jsonb().nullable(),
}

interface Stamped {
  created_at_integer: string | null
  updated_at_integer: string | null
  deleted: boolean
  deleted_at_integer: string | null
  unknownAttributes: string | null
}

const BEFORE_THE_SERVICE = '2013-01-01T00:00:00.000000Z'

/** A tombstone without a time takes that of the last change; an absent creation time stays null for `insertedAt`. */
export function stagedStampsOf(record: Stamped) {
  const { created_at_integer, updated_at_integer, deleted, deleted_at_integer, unknownAttributes } = record
  return {
    inserted_at: created_at_integer,
    updated_at: updated_at_integer,
    deleted_at: deleted ? (deleted_at_integer ?? updated_at_integer ?? BEFORE_THE_SERVICE) : null,
    unknown_attributes: unknownAttributes,
  }
}

/** SQL: creation and change time of staged row `alias`, never absent and never in the wrong order. */
export function stampsSql(alias: string): string {
  const inserted = `coalesce(${alias}.inserted_at, ${alias}.updated_at, timestamptz '${BEFORE_THE_SERVICE}')`
  return `${inserted} as inserted_at, greatest(${inserted}, ${alias}.updated_at) as updated_at, ${alias}.deleted_at`
}

/** A key as it stands in somebody else's attribute, where spaces around it mean nothing. */
export function foreignKey(text: string | null): string | null {
  return text?.trim() || null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The UUIDs in a list of keys; others are reported by `note`. */
export function uuids(keys: readonly string[], note: (key: string) => void): string[] {
  const read = keys.map((key) => key.trim().toLowerCase())
  for (const key of read) if (!UUID.test(key)) note(key)
  return [...new Set(read.filter((key) => UUID.test(key)))]
}
