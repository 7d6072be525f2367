import type { Tables } from '@rushes/db'

/** How the rows of one V2 table come out of the settled ones. A column the table lacks does not compile. */
export interface Publication<T extends keyof Tables = keyof Tables> {
  table: T
  /** Unique columns that say which row is meant. */
  key: readonly (keyof Tables[T] & string)[]
  /** Those of `key` that can be null, where null equals null. */
  nullable?: readonly (keyof Tables[T] & string)[]
  /** Columns written, in the order of `select`. */
  columns: readonly (keyof Tables[T] & string)[]
  /** SQL giving one row for each that V2 should have. */
  select: string
  /** Rows have `updated_at`, and one that V2 changed since is left alone. */
  yields?: boolean
}

/** Declares a publication. */
export function publication<T extends keyof Tables>(definition: Publication<T>): Publication {
  return definition as unknown as Publication
}

/** What one legacy table brings to the database besides its staged rows. */
export interface Settlement {
  /** SQL, in order: temporary tables `settled_…` with what V2 will get, and rows in `quality` for each rule that struck. */
  settle: readonly string[]
  publications: readonly Publication[]
}
