import { sql } from 'kysely'
import { type Ctx, transact } from '../context.ts'

/** Makes the log's next partitions and forgets idempotency keys older than a day (the promise is 24 hours). */
export async function keepLog(ctx: Ctx): Promise<void> {
  await transact(ctx.core.writer, async (tx) => {
    await sql`select events_ensure_partition(now()::date), events_ensure_partition((now() + interval '1 month')::date)`.execute(
      tx,
    )
    await sql`delete from idempotency_keys where inserted_at < now() - interval '25 hours'`.execute(tx)
    await sql`delete from sign_in_attempts where at < now() - interval '1 day'`.execute(tx)
    await sql`delete from mail_tokens where expires_at < now() - interval '1 day'`.execute(tx)
  })
}
