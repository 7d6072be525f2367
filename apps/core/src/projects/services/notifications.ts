import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { Person } from '../../accounts/index.ts'
import { type Ctx, change } from '../../context.ts'
import { id, type Page, type PageInput } from '../../input.ts'
import type { Granted } from '../../policy.ts'

export type NotificationRow = Selectable<Tables['notifications']>

/** The person's inbox, latest first. */
export async function listNotifications(
  ctx: Ctx,
  person: Granted<Person, 'person'>,
  page: PageInput,
): Promise<Page<NotificationRow>> {
  const { rows } = await sql<
    NotificationRow & { total: number }
  >`select n.*, count(*) over () as total from notifications n
    where n.user_id = ${person.userId} order by n.inserted_at desc, n.id
    limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(ctx.db)
  return { rows, total: rows[0]?.total ?? 0, page: page.page, page_size: page.page_size }
}

export const ReadNotifications = z.object({ ids: z.array(id()).max(500).optional() })

/** Marks some, or all, of the person's notifications as read. Returns how many were unread. */
export async function readNotifications(
  ctx: Ctx,
  person: Granted<Person, 'person'>,
  { ids }: z.infer<typeof ReadNotifications>,
): Promise<{ read: number }> {
  return change(ctx, async (tx) => {
    const { rows } =
      await sql`update notifications set read_at = now() where user_id = ${person.userId} and read_at is null
      and (${ids === undefined} or id = any(${ids ?? []}::uuid[])) returning id`.execute(tx)
    return { read: rows.length }
  })
}
