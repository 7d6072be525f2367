import { sql } from 'kysely'
import { type Ctx, change, type Tx } from '../context.ts'
import { CoreError } from '../errors.ts'
import { isLoopbackAddress } from '../outbound/addresses.ts'

/** How many attempts a key has in a time. */
export interface Limit {
  most: number
  minutes: number
}

/**
 * The key that counts attempts by address: none for this machine's own, behind which stands everybody who comes through
 * Munger or a proxy that isn't configured, and who would lock each other out.
 */
export function addressKeys({ ip }: Pick<Ctx, 'ip'>, prefix: string): string[] {
  return ip && !isLoopbackAddress(ip) ? [`${prefix}:${ip}`] : []
}

/** Throws `rate_limited` when one of the keys has used its attempts up. */
export async function refuseTooMany(ctx: Ctx, keys: string[], { most, minutes }: Limit): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from sign_in_attempts
    where key = any(${keys}) and at > now() - make_interval(mins => ${minutes}) group by key order by n desc limit 1`.execute(
    ctx.db,
  )
  if ((rows[0]?.n ?? 0) >= most) throw new CoreError('rate_limited', { retryAfterSeconds: minutes * 60 })
}

/** Counts an attempt for each key, in Postgres: a limit that lives in a cache ends with it. */
export async function noteAttempt(tx: Tx, keys: string[]): Promise<void> {
  await sql`insert into sign_in_attempts (key) select unnest(${keys}::text[])`.execute(tx)
}

/** Counts a failure by itself. Not under the request's Idempotency-Key, which is for what succeeds after it. */
export async function noteFailure(ctx: Ctx, keys: string[]): Promise<void> {
  await change({ ...ctx, idempotency: null }, (tx) => noteAttempt(tx, keys))
}
