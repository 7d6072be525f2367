import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { NotificationRow } from './notifications.ts'

/** What came into these people's inboxes within the last `seconds`, oldest first; for telling who is connected. */
export async function recentNotifications(
  ctx: Pick<Ctx, 'db'>,
  userIds: readonly string[],
  seconds: number,
): Promise<NotificationRow[]> {
  if (userIds.length === 0) return []
  const { rows } = await sql<NotificationRow>`select n.* from notifications n
    where n.user_id = any(${[...userIds]}::uuid[]) and n.inserted_at > now() - make_interval(secs => ${seconds})
    order by n.inserted_at, n.id`.execute(ctx.db)
  return rows
}
