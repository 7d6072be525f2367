import pg from 'pg'

const TIMESTAMPTZ = 1184
const INT8 = 20

/**
 * '2019-06-28 17:24:09.4145+00' as '2019-06-28T17:24:09.414500Z': the V2 datetime (H8: six digits and Z, which clients
 * parse literally). JavaScript's Date would lose the microseconds.
 */
export function wireDatetime(text: string): string {
  if (text.endsWith('infinity')) return text
  const [seconds, fraction = ''] = text.slice(11, text.lastIndexOf('+')).split('.')
  return `${text.slice(0, 10)}T${seconds}.${fraction.padEnd(6, '0')}Z`
}

/** Sets how pg reads timestamptz (six-digit ISO text; sessions run in UTC) and bigint (number: ours stay below 2^53). */
export function setWireTypes(): void {
  pg.types.setTypeParser(TIMESTAMPTZ, wireDatetime)
  pg.types.setTypeParser(INT8, Number)
}
