const EPOCH = /^(\d{1,14})(?:\.(\d+))?$/
const CALENDAR =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(Z|UTC|([+-])(\d\d):?(\d\d))?$/
const MILLISECOND_DIGITS = 12

/**
 * Microseconds since 1970 of a stringly time: epoch seconds (`1441368062`, with a fraction too), epoch milliseconds (12
 * digits or more), `2015-09-04 12:01:02 UTC`, ISO with or without a zone (without: UTC). Undefined when it is none of these.
 */
export function parseInstant(text: string): bigint | undefined {
  return parseEpoch(text.trim()) ?? parseCalendar(text.trim())
}

function parseEpoch(text: string): bigint | undefined {
  const match = EPOCH.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  const unit = whole.length >= MILLISECOND_DIGITS ? 3 : 6
  return BigInt(whole) * 10n ** BigInt(unit) + fractionOf(fraction, unit)
}

function parseCalendar(text: string): bigint | undefined {
  const match = CALENDAR.exec(text)
  if (!match) return undefined
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    ,
    sign,
    zoneHours = '0',
    zoneMinutes = '0',
  ] = match
  const seconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000
  if (Number.isNaN(seconds) || new Date(seconds * 1000).getUTCDate() !== Number(day)) return undefined
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60 * (sign === '-' ? -1 : 1)
  return BigInt(seconds - offset) * 1_000_000n + fractionOf(fraction, 6)
}

/** The first `places` digits of a fraction, as an integer of that unit. */
function fractionOf(digits: string, places: number): bigint {
  return BigInt(digits.slice(0, places).padEnd(places, '0') || '0')
}

/** `2015-09-04T12:01:02.000000Z` of microseconds since 1970. */
export function isoInstant(micros: bigint): string {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = Number((micros - rest) / 1_000_000n)
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(rest).padStart(6, '0')}Z`
}
