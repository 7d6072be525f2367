import { sql } from 'kysely'
import type { Tx } from '../context.ts'
import { facet, type Notice, type Stored } from '../events.ts'
import type { StoredRow } from '../log/stored.ts'
import { known } from './audits.ts'

/** Somebody to tell, and why. */
interface Recipient {
  user_id: string
  reason: 'mention' | 'reply' | 'owner' | 'watcher'
}

/**
 * Writes a notification for everyone an event concerns: who is mentioned, who is in the thread, whose asset it is, and
 * who watches the project; the strongest reason wins. Never to the one who did it, and never of what they may not see.
 */
export async function recordNotifications(tx: Tx, events: StoredRow[]): Promise<void> {
  for (const event of known(events)) {
    const notice = facet('notify', event)
    if (notice && event.projectId) await tell(tx, event, notice)
  }
}

const preference: Record<Notice['kind'], string> = {
  comment: 'notify_on_new_comment',
  asset: 'notify_on_new_asset',
  label: 'notify_on_updated_label',
  person: 'notify_on_new_collaborator',
}

async function tell(tx: Tx, event: Stored, notice: Notice): Promise<void> {
  const recipients = await audience(tx, event, notice)
  if (recipients.length === 0) return
  const text = await sentence(tx, event, notice)
  await sql`insert into notifications (user_id, event_id, type, reason, project_id, asset_id, comment_id, actor, text)
    select user_id, ${event.id}, ${event.type}, reason, ${event.projectId}, ${notice.assetId ?? null}, ${notice.commentId ?? null},
           ${JSON.stringify(event.actor)}::jsonb, ${text}
      from jsonb_to_recordset(${JSON.stringify(recipients)}::jsonb) as row (user_id uuid, reason text)
    on conflict (user_id, event_id) do nothing`.execute(tx)
}

/** Who may know and wants to: everybody of the project whose switch for this kind is on, each with the strongest reason. */
async function audience(tx: Tx, event: Stored, notice: Notice): Promise<Recipient[]> {
  const column = sql.ref(`preferences.${preference[notice.kind]}`)
  const { rows } = await sql<Recipient>`
    with comment as (select c.* from comments c where c.id = ${notice.commentId ?? null}),
    asset as (select a.* from assets a where a.id = ${notice.assetId ?? null}),
    people as (
      select tm.user_id, true as team from projects p join team_members tm on tm.team_id = p.team_id
       where p.id = ${event.projectId} and (not p.private or p.owner_id = tm.user_id or tm.role = 'team_manager'
         or exists (select from collaborators c where c.project_id = p.id and c.user_id = tm.user_id))
      union all
      select a.owner_id, true from projects p join accounts a on a.id = p.account_id where p.id = ${event.projectId}
      union all
      select c.user_id, false from collaborators c where c.project_id = ${event.projectId}
    ), seeing as (select user_id, bool_or(team) as team from people group by user_id),
    reasons as (
      select s.user_id, s.team,
        case
          when exists (select from comment c join users u on u.id = s.user_id
                        where position('@' || lower(u.name) in lower(c.text)) > 0 or position('@' || lower(u.email::text) in lower(c.text)) > 0) then 'mention'
          when exists (select from comment c join comments t on (t.id = c.parent_id or t.parent_id = c.parent_id)
                        where t.owner_id = s.user_id and t.id <> c.id) then 'reply'
          when exists (select from asset a where a.creator_id = s.user_id) then 'owner'
          else 'watcher' end as reason
        from seeing s
    )
    select r.user_id, r.reason from reasons r
      join project_preferences preferences on preferences.project_id = ${event.projectId}
       and preferences.user_id is not distinct from (select own.user_id from project_preferences own
             where own.project_id = ${event.projectId} and (own.user_id = r.user_id or own.user_id is null) order by own.user_id nulls last limit 1)
     where r.user_id is distinct from ${event.actor.id}::uuid
       and (r.reason in ('mention', 'reply') or ${column})
       and (r.team or not exists (select from comment c where c.private))
       and (r.team or not exists (select from asset_path(${notice.assetId ?? null}) step where step.private))
       and not exists (select from comment c where c.deleted_at is not null)`.execute(tx)
  return rows
}

/** "Ana commented on cut_v3.mov", "Ana added Bo to Harbour Lights", as of now. */
async function sentence(tx: Tx, event: Stored, notice: Notice): Promise<string> {
  const { rows } = await sql<{
    who: string | null
    whom: string | null
    asset: string | null
    project: string | null
  }>`select
    coalesce((select name from users where id = ${event.actor.id}::uuid), (select name from anonymous_users where id = ${event.actor.id}::uuid)) as who,
    (select name from users where id = ${notice.userId ?? null} and id is distinct from ${event.actor.id}::uuid) as whom,
    (select name from assets where id = ${notice.assetId ?? null}) as asset,
    (select name from projects where id = ${event.projectId}) as project`.execute(tx)
  const { who, whom, asset, project } = rows[0] ?? { who: null, whom: null, asset: null, project: null }
  const doing = whom ? `${notice.verb} ${whom} to` : notice.verb
  return `${who ?? 'Somebody'} ${doing} ${asset ?? project ?? 'the project'}`
}
