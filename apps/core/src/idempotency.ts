import { sql } from 'kysely'
import { actorKey } from './actor.ts'
import type { Ctx, Tx } from './context.ts'
import { invalid } from './errors.ts'

/**
 * Takes the request's Idempotency-Key inside the transaction of its effect. A second request with the key waits for the
 * first to commit, then gets its result instead of a second effect. Throws `invalid` when the key came with another body.
 */
export async function claimKey<T>(tx: Tx, ctx: Ctx): Promise<{ result: T } | null> {
  if (!ctx.idempotency) return null
  const { key, requestHash } = ctx.idempotency
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({ actor_key: actorKey(ctx.actor), key, request_hash: requestHash, status: 0, body: 'null' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (claimed.numInsertedOrUpdatedRows === 1n) return null
  const earlier = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'body'])
    .where('actor_key', '=', actorKey(ctx.actor))
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (!earlier.request_hash.equals(requestHash))
    throw invalid('idempotency-key', 'The key was used with another request')
  return { result: earlier.body as T }
}

/** Keeps what the change returned beside its key, so that a retry is answered alike. */
export async function keepResult(tx: Tx, ctx: Ctx, result: unknown): Promise<void> {
  if (!ctx.idempotency) return
  await sql`update idempotency_keys set body = ${JSON.stringify(result ?? null)}::jsonb, status = 200
    where actor_key = ${actorKey(ctx.actor)} and key = ${ctx.idempotency.key}`.execute(tx)
}
