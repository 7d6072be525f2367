import { sql } from 'kysely'
import { change } from '../../context.ts'
import type { JobHandler } from '../../jobs.ts'
import { finishInterrupted } from '../services/receive-part.ts'

const HOUR = 3_600_000

/** Finishes uploads whose last step a crash prevented, gives up those a day old, and frees what crashes left on disk. */
export const sweepUploads: JobHandler<'uploads.sweep'> = async (ctx) => {
  const { rows } = await sql<{ asset_id: string; old: boolean }>`
    select asset_id, inserted_at < now() - interval '24 hours' as old from uploads
     where state = 'open' order by inserted_at limit 1000`.execute(ctx.db)
  for (const { asset_id, old } of rows) {
    if ((await finishInterrupted(ctx, asset_id)) || !old) continue
    await change(ctx, async (tx) => {
      await sql`update uploads set state = 'failed' where asset_id = ${asset_id} and state = 'open'`.execute(
        tx,
      )
      await sql`update assets set upload_failed_at = now(), updated_at = now() where id = ${asset_id}`.execute(
        tx,
      )
    })
    await ctx.core.blobs.abortUpload(asset_id)
  }
  await ctx.core.blobs.sweep(new Date(Date.now() - HOUR), async (id) => {
    const open = await sql`select from uploads where asset_id::text = ${id} and state = 'open'`.execute(
      ctx.db,
    )
    return open.rows.length > 0
  })
}
