import { type DynamoTable, dynamoTable, field } from '@rushes/dynasaur'

const DAY_MS = 86_400_000
const window = { min: '2013-01-01T00:00:00Z', max: new Date(Date.now() + DAY_MS).toISOString() }
const PLACEHOLDER = 'JTNullValue'

/** How the legacy ORM spelled null, and what iOS, JavaScript, Ruby and Python writers left in its place. */
const spellings = {
  nulls: [PLACEHOLDER, 'null', ''],
  oddNulls: ['nil', 'undefined', '(null)', 'NaN', 'None'],
}

/** Text a person wrote: only the placeholder means null, because somebody may be called "Null". */
export const words = () => field.text().nulls([PLACEHOLDER])

/** The same, absent or null allowed. */
export const optionalWords = () => field.text().nulls([PLACEHOLDER, 'null', '']).optional()

/** A time inside the years the service existed, up to tomorrow; outside it null and reported. */
export const moment = () => field.timestamp(window).orNull()

/** A flag that is off where unreadable. */
export const flag = () => field.bool().orDefault(false)

/** Ids of other records: a JSON list in a string, with all that went wrong with those. */
export const keys = () => field.list(field.text()).orDefault([])

/** Attributes that every legacy record has. */
export const stamps = {
  created_at_integer: moment(),
  updated_at_integer: moment(),
  deleted: flag(),
  deleted_at_integer: moment(),
}

const ignore = {
  created_at: 'the same as created_at_integer, for people',
  master_class: 'told by the key itself: an e-mail address is a guest',
}

/** A legacy table: partition key `id`, everything a string, unknown attributes kept; `derived` ones are not, for the reason given. */
export function legacyTable<F extends Parameters<typeof dynamoTable>[2]>(
  name: string,
  fields: F,
  derived: Record<string, string> = {},
): DynamoTable<F & typeof stamps> {
  const options = {
    key: ['id'],
    ...spellings,
    unknown: 'collect',
    ignore: { ...ignore, ...derived },
  } as const
  return dynamoTable(`fio_${name}`, options, { ...fields, ...stamps })
}
