import { LegacyError } from '../legacy-error.ts'
import { NULL } from './codec.ts'

/** What a request came with: path, JSON body, form and query as one, by the legacy rules of precedence. */
export type Parameters = Readonly<Record<string, unknown>>

/** JSON wins over form over query, and the path over all. */
export function merge(path: unknown, query: unknown, body: unknown): Parameters {
  return { ...(query as object), ...(body as object | null), ...(path as object) }
}

const isNull = (value: unknown) => value === null || value === NULL

/** A text that must be there and not be null. */
export function needText(from: Parameters, key: string): string {
  const value = readText(from, key)
  if (!value) throw new LegacyError(`${key} is missing`)
  return value
}

/** A text; null for every spelling of null, undefined when it wasn't sent. `"null"` is somebody's text. */
export function readText(from: Parameters, key: string): string | null | undefined {
  const value = from[key]
  if (value === undefined) return undefined
  if (isNull(value)) return null
  if (typeof value === 'object') throw new LegacyError(`${key} must be text`)
  return String(value)
}

const FLAGS = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
])

/** A flag in any spelling that old clients send. */
export function readFlag(from: Parameters, key: string): boolean | undefined {
  const value = from[key]
  if (value === undefined || value === 'null' || isNull(value)) return undefined
  const flag = FLAGS.get(value)
  if (flag === undefined) throw new LegacyError(`${key} must be "1" or "0"`)
  return flag
}

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

/** A number or a text that is one. */
export function readNumber(from: Parameters, key: string): number | undefined {
  const value = from[key]
  if (value === undefined || value === 'null' || isNull(value)) return undefined
  if (typeof value === 'number') return value
  if (typeof value === 'string' && NUMBER.test(value.trim())) return Number(value)
  throw new LegacyError(`${key} must be a number`)
}

/** A record inside the request, such as `project: {…}`. */
export function readRecord(from: Parameters, key: string): Parameters {
  const value = from[key]
  if (value === undefined || isNull(value)) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw new LegacyError(`${key} must be an object`)
  return value as Parameters
}

const MOST_ITEMS = 500

/** A list, sent as one or as a map from index to item (`{"0":…,"1":…}`), in the order of the indices. */
export function readList(from: Parameters, key: string): unknown[] {
  const value = from[key]
  if (value === undefined || isNull(value)) return []
  const items = Array.isArray(value)
    ? value
    : typeof value === 'object'
      ? Object.entries(value as object)
          .sort(([a], [b]) => Number(a) - Number(b))
          .map(([, item]) => item)
      : [value]
  if (items.length > MOST_ITEMS) throw new LegacyError(`${key} has more than ${MOST_ITEMS} items`)
  return items
}

/** A list of records. */
export function readRecords(from: Parameters, key: string): Parameters[] {
  return readList(from, key).map((item) => readRecord({ item }, 'item'))
}

/** A list of ids, each alone or as `{"id":…}`. */
export function readIds(from: Parameters, key: string): string[] {
  return readList(from, key).map((item) =>
    typeof item === 'string' ? item : needText(readRecord({ item }, 'item'), 'id'),
  )
}

/** The keys that were sent with a value: null can't be written through V2, so it leaves things as they are. */
export function sent<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>
}
