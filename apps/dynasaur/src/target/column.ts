import { parseInstant } from '../schema/instant.ts'
import type { ByteWriter } from './byte-writer.ts'
import { writeNumeric } from './numeric.ts'

const MICROS_1970_TO_2000 = 946_684_800_000_000n
const TEXT_OID = 25
const JSONB_VERSION = 1

/** A column of a target table; `T` is what a translator must give for it. */
export interface Column<T> {
  /** As `format_type` prints it. */
  readonly type: string
  readonly isNullable: boolean
  /** Appends a value in Postgres' binary format, without its length. */
  write(value: NonNullable<T>, out: ByteWriter): void
  nullable(): Column<T | null>
}

/** What a column takes. */
export type Taken<C> = C extends Column<infer T> ? T : never

function column<T>(
  type: string,
  write: (value: NonNullable<T>, out: ByteWriter) => void,
  isNullable = false,
): Column<T> {
  return { type, isNullable, write, nullable: () => column<T | null>(type, write, true) }
}

function writeInstant(iso: string, out: ByteWriter): void {
  const micros = parseInstant(iso)
  if (micros === undefined) throw new RangeError(`not a time: ${iso}`)
  out.int64(micros - MICROS_1970_TO_2000)
}

function writeTextArray(texts: readonly string[], out: ByteWriter): void {
  out.int32(texts.length === 0 ? 0 : 1)
  out.int32(0)
  out.int32(TEXT_OID)
  if (texts.length === 0) return
  out.int32(texts.length)
  out.int32(1)
  for (const text of texts) out.sized(() => out.utf8(text))
}

function writeJsonb(text: string, out: ByteWriter): void {
  out.uint8(JSONB_VERSION)
  out.utf8(text)
}

/** The column types, by name; each is `not null` until `.nullable()`. */
export const columns = {
  text: () => column<string>('text', (value, out) => out.utf8(value)),
  uuid: () => column<string>('uuid', (value, out) => out.hex(value.replaceAll('-', ''))),
  bool: () => column<boolean>('boolean', (value, out) => out.uint8(value ? 1 : 0)),
  int4: () => column<number>('integer', (value, out) => out.int32(value)),
  int8: () => column<bigint>('bigint', (value, out) => out.int64(value)),
  float8: () => column<number>('double precision', (value, out) => out.double(value)),
  /** Takes exact decimal text. */
  numeric: () => column<string>('numeric', writeNumeric),
  /** Takes ISO text. */
  timestamptz: () => column<string>('timestamp with time zone', writeInstant),
  /** Takes JSON text. */
  jsonb: () => column<string>('jsonb', writeJsonb),
  bytea: () => column<Uint8Array>('bytea', (value, out) => out.bytes(value)),
  textArray: () => column<readonly string[]>('text[]', writeTextArray),
}
