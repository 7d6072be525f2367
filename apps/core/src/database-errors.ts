import { CoreError } from './errors.ts'

const INVALID = new Set([
  '22021',
  '22P05',
  '22P02',
  '22003',
  '22001',
  '22007',
  '22008',
  '54001',
  '23514',
  '23502',
])
const UNAVAILABLE = /^(08|53|57P0)|^57014$|^58030$|^55P03$|^25P03$/
const SERIALIZATION = new Set(['40001', '40P01'])

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Whether the transaction only lost a race and may simply be run again. */
export function isSerializationFailure(error: unknown): boolean {
  return SERIALIZATION.has(sqlState(error) ?? '')
}

const CONNECTION =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|Query read timeout|ECONNREFUSED|ECONNRESET|EPIPE/

/**
 * A database failure in Core's words, so that bad input is never a 500 and an absent Postgres is a 503; anything else
 * comes back unchanged. A commit that failed is 'unavailable' too: its outcome is unknown, hence idempotency keys.
 */
export function fromDatabase(error: unknown): unknown {
  const state = sqlState(error)
  if (error instanceof CoreError || !(error instanceof Error)) return error
  if (state === '23505') return new CoreError('conflict', { detail: 'It already exists', cause: error })
  if (state === '23503') return new CoreError('not_found', { cause: error })
  if (state && INVALID.has(state))
    return new CoreError('invalid', { detail: 'A value is out of range', cause: error })
  if (
    (state && (UNAVAILABLE.test(state) || SERIALIZATION.has(state))) ||
    CONNECTION.test(`${state} ${error.message}`)
  )
    return new CoreError('unavailable', { retryAfterSeconds: 2, cause: error })
  return error
}
