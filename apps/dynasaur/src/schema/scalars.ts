import { type Attribute, attributeText } from './attribute.ts'
import { parseDecimal, plainDecimal, wholeDecimal } from './decimal.ts'
import { Field, type Place, refuse } from './field.ts'
import { isoInstant, parseInstant } from './instant.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const INT8 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }

/** Spellings that several generations of writers used; compared without case or spaces around. */
export const booleanSpellings = {
  true: ['1', 'true', 't', 'yes', 'y', 'on'],
  false: ['0', 'false', 'f', 'no', 'n', 'off'],
}

function scalar<T>(read: (text: string, place: Place, value: Attribute) => T): Field<T> {
  return new Field(() => (value, place) => {
    const text = attributeText(value)
    return text === undefined ? refuse('value.type', place, value) : read(text, place, value)
  })
}

/** Text. NUL goes and a lone surrogate becomes U+FFFD, because Postgres takes neither; both are reported. */
export function text(): Field<string> {
  return scalar((text, place) => {
    const clean = text.replaceAll('\0', '').replace(LONE_SURROGATE, '\ufffd')
    if (clean !== text) place.note({ code: 'text.mended', path: place.path, detail: 'NUL or lone surrogate' })
    return clean
  })
}

/** One of the given words, case aside. */
export function oneOf<const T extends string>(...words: T[]): Field<T> {
  const known = new Map<string, T>(words.map((word) => [word.toLowerCase(), word]))
  return scalar(
    (text, place, value) => known.get(text.trim().toLowerCase()) ?? refuse('word.unknown', place, value),
  )
}

/** A UUID, lower-cased. */
export function uuid(): Field<string> {
  return scalar((text, place, value) => {
    const id = text.trim().toLowerCase()
    return UUID.test(id) ? id : refuse('uuid.syntax', place, value)
  })
}

/** A boolean in any of `spellings`; anything else is refused, never guessed. */
export function bool(
  spellings: { true: readonly string[]; false: readonly string[] } = booleanSpellings,
): Field<boolean> {
  const known = new Map([
    ...spellings.true.map((word): [string, boolean] => [word, true]),
    ...spellings.false.map((word): [string, boolean] => [word, false]),
  ])
  return scalar(
    (text, place, value) => known.get(text.trim().toLowerCase()) ?? refuse('bool.spelling', place, value),
  )
}

/** An exact integer within `min` and `max` (bigint columns unless said): `"11248776.0"` and `"1.1e+07"` are integers too. */
export function integer({ min = INT8.min, max = INT8.max } = {}): Field<bigint> {
  return scalar((text, place, value) => {
    const decimal = parseDecimal(text)
    if (!decimal) return refuse('integer.syntax', place, value)
    const whole = wholeDecimal(decimal)
    if (whole === undefined) return refuse('integer.fraction', place, value)
    return whole >= min && whole <= max ? whole : refuse('integer.range', place, value)
  })
}

/** An exact decimal, as text in plain notation. */
export function decimal(): Field<string> {
  return scalar((text, place, value) => {
    const parsed = parseDecimal(text)
    return parsed ? plainDecimal(parsed) : refuse('decimal.syntax', place, value)
  })
}

/** A double: only for what was measured, never for what was counted. */
export function float(): Field<number> {
  return scalar((text, place, value) => {
    const number = parseDecimal(text) ? Number(text) : Number.NaN
    return Number.isFinite(number) ? number : refuse('float.syntax', place, value)
  })
}

/** A time within `min` and `max` (ISO), as ISO text with six digits and Z; see `parseInstant` for what it reads. */
export function timestamp({ min, max }: { min?: string; max?: string } = {}): Field<string> {
  const [lower, upper] = [bound(min), bound(max)]
  return scalar((text, place, value) => {
    const micros = parseInstant(text)
    if (micros === undefined) return refuse('timestamp.syntax', place, value)
    const plausible = (lower === undefined || micros >= lower) && (upper === undefined || micros <= upper)
    return plausible ? isoInstant(micros) : refuse('timestamp.window', place, value)
  })
}

function bound(iso: string | undefined): bigint | undefined {
  return iso === undefined ? undefined : parseInstant(iso)
}
