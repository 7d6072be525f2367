import { sql } from 'kysely'
import type { Ctx, Tx } from '../context.ts'
import { CoreError } from '../errors.ts'

/** How many attempts a key has in a time. */
export interface Limit {
  most: number
  minutes: number
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
