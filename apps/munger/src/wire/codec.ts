/** How the legacy contract spells null: a value, never an absent key. */
export const NULL = 'JTNullValue'

/** What an answer may hold: text, records and lists. There is nothing else on the legacy wire. */
export type Legacy = string | Legacy[] | AsyncIterable<Legacy> | LegacyRecord
export interface LegacyRecord {
  [key: string]: Legacy
}

type Maybe<T> = T | null | undefined

export function text(value: Maybe<string>): string {
  return value ?? NULL
}

/** A stored flag: `"1"` or `"0"`. */
export function flag(value: Maybe<boolean>): string {
  return value ? '1' : '0'
}

/** A transient flag: `"true"` or `"false"` (`is_multipart`, `google_account`). */
export function word(value: boolean): string {
  return value ? 'true' : 'false'
}

/** A whole number without a decimal part. */
export function integer(value: Maybe<number>): string {
  return value === null || value === undefined ? NULL : plainDigits(Math.trunc(value))
}

/** The shortest text that reads back as the same number, always with a decimal part: clients cut sizes at the dot. */
export function decimal(value: Maybe<number>): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NULL
  const digits = plainDigits(value)
  return digits.includes('.') ? digits : `${digits}.0`
}

/** JavaScript writes large and small numbers with an exponent, which no legacy reader expects. */
function plainDigits(value: number): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  if (exponent === undefined) return String(value)
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}

/** Seconds since 1970 of a V2 datetime, floored. */
export function epoch(value: Maybe<string>): string {
  return value ? String(Math.floor(Date.parse(value) / 1000)) : NULL
}

/** `2015-09-04 12:01:02 UTC` */
export function stamp(value: Maybe<string>): string {
  return value ? `${new Date(value).toISOString().slice(0, 19).replace('T', ' ')} UTC` : NULL
}

/** JSON inside a string, its own scalars strings too; billing records spell null as `"null"` in there. */
export function jsonText(value: unknown, nullText = NULL): string {
  return value === null || value === undefined ? NULL : JSON.stringify(stringify(value, nullText))
}

/** Any JSON with every scalar a string: what the legacy contract makes of a value that it has no codec for. */
export function stringify(value: unknown, nullText = NULL): string | Legacy[] | LegacyRecord {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return flag(value)
  if (typeof value === 'number') return Number.isFinite(value) ? plainDigits(value) : nullText
  if (typeof value !== 'object' || value === null) return nullText
  if (Array.isArray(value)) return value.map((item) => stringify(item, nullText))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stringify(item, nullText)]))
}
