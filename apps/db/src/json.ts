import type { ColumnType } from 'kysely'

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }

/** A jsonb column: read parsed, written as JSON text (pg would turn a bare array into a Postgres array). */
export type JsonColumn = ColumnType<JsonValue, string, string>
