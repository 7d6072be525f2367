import { DynasaurError } from '../errors.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Column, Taken } from './column.ts'

export type Columns = Record<string, Column<unknown>>

/** A row of a target table: exactly its columns. */
export type RowOf<T> = T extends PgTable<infer C> ? { [K in keyof C]: Taken<C[K]> } : never

export interface PgTableOptions<C extends Columns> {
  key: readonly (keyof C & string)[]
  /** For rows kept beside those of the migration's first target: the column that holds its key; a re-load replaces them all. */
  ownedBy?: keyof C & string
}

/** A target table, `schema.table`, with its columns and key. */
export interface PgTable<C extends Columns = Columns> {
  readonly name: string
  readonly columns: C
  readonly key: readonly string[]
  readonly ownedBy: string | undefined
}

/** Declares a target table. Throws `definition_invalid` for a name that is not plain lower case. */
export function pgTable<C extends Columns>(
  name: string,
  columns: C,
  { key, ownedBy }: PgTableOptions<C>,
): PgTable<C> {
  for (const part of [...name.split('.'), ...Object.keys(columns)]) {
    if (!/^[a-z_][a-z0-9_]*$/.test(part))
      throw new DynasaurError('definition_invalid', `${name}: bad name ${part}`)
  }
  return { name, columns, key, ownedBy }
}

/** The `create table` for a target, with its primary key and nothing else: foreign keys would slow the load 16-fold. */
export function createTableSql({ name, columns, key }: PgTable): string {
  const lines = Object.entries(columns).map(([column, { type, isNullable }]) => {
    return `  ${quote(column)} ${type}${isNullable ? '' : ' not null'}`
  })
  return `create table if not exists ${name} (\n${lines.join(',\n')},\n  primary key (${key.map(quote).join(', ')})\n)`
}

/** Quotes an identifier. */
export function quote(name: string): string {
  return `"${name}"`
}

/** The column list of a target, quoted, in the order that `encodeRow` writes. */
export function columnList(table: PgTable): string {
  return Object.keys(table.columns).map(quote).join(', ')
}

/** Appends one row in binary COPY format. Throws RangeError for a value its column can't hold. */
export function encodeRow(table: PgTable, row: Record<string, unknown>, out: ByteWriter): void {
  const columns = Object.entries(table.columns)
  out.int16(columns.length)
  for (const [name, column] of columns) {
    const value = row[name]
    if (value === null) out.int32(-1)
    else if (value === undefined) throw new RangeError(`${table.name}.${name}: no value`)
    else out.sized(() => column.write(value as NonNullable<unknown>, out))
  }
}
