import { sql } from 'kysely'
import { type Ctx, change } from '../../context.ts'
import type { JobHandler } from '../../jobs.ts'
import type { Digest } from '../../mail.ts'

/**
 * Sends each person the digest of a project: five minutes after the last thing that happened there, at the latest fifteen
 * after the first; mentions and replies after thirty seconds. What was read meanwhile is left out, and nothing is sent of
 * nothing. Marked as mailed after the mail is taken by the server: a crash between may mail twice, never not at all.
 */
export const sendDigests: JobHandler<'digests.send'> = async (ctx) => {
  for (const digest of await dueDigests(ctx)) {
    await ctx.core.mail.digest(digest)
    const ids = digest.lines.map((line) => line.id)
    await change(ctx, async (tx) => {
      await sql`update notifications set mailed_at = now() where id = any(${ids}::uuid[])`.execute(tx)
    })
  }
}

async function dueDigests(ctx: Ctx): Promise<Digest[]> {
  const { rows } = await sql<{ user: Digest['user']; project: Digest['project']; lines: Digest['lines'] }>`
    select jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name) as user,
           jsonb_build_object('id', p.id, 'name', p.name) as project,
           jsonb_agg(jsonb_build_object('id', n.id, 'text', n.text, 'asset_id', n.asset_id, 'comment_id', n.comment_id,
             'at', n.inserted_at) order by n.inserted_at) as lines
      from notifications n join users u on u.id = n.user_id and u.deleted_at is null
      join projects p on p.id = n.project_id and p.deleted_at is null
      left join lateral (select mail from notification_preferences f where f.user_id = n.user_id
        and f.project_id in (n.project_id, '00000000-0000-0000-0000-000000000000')
        order by f.project_id = n.project_id desc limit 1) wish on true
     where n.mailed_at is null and n.read_at is null and coalesce(wish.mail, 'digest') <> 'off'
       and not exists (select from mail_suppressions s where s.email = u.email)
     group by u.id, p.id
    having max(n.inserted_at) < now() - interval '5 minutes' or min(n.inserted_at) < now() - interval '15 minutes'
        or min(n.inserted_at) filter (where n.reason in ('mention', 'reply')) < now() - interval '30 seconds'
     limit 200`.execute(ctx.db)
  return rows
}
