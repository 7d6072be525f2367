import { sql } from 'kysely'
import { type Ctx, change } from '../../context.ts'
import type { JobHandler } from '../../jobs.ts'
import { issueMailToken, noteSent } from '../mail-tokens.ts'

const LIVES = '14 days'
const PAUSE = '10 minutes'
const MOST_A_DAY = 10

interface Waiting {
  email: string
  place: string
  note: string | null
  inviter: string | null
}

/**
 * Mails an invitation to an e-mail that waits for a team or a project. Not again within ten minutes for the same place, not
 * more than ten a day to one e-mail, and never to one that asked for no mail or was taken off again.
 */
export const sendInvitation: JobHandler<'invitation.send'> = async (ctx, { email, place_id, inviter_id }) => {
  const waiting = await findWaiting(ctx, email, place_id, inviter_id)
  if (!waiting || (await isEnough(ctx, email, place_id))) return
  const about = { purpose: 'invite' as const, email, user_id: null, inviter_id, place_id, lives: LIVES }
  const { id, token } = await change(ctx, (tx) => issueMailToken(tx, about))
  await ctx.core.mail.invitation({ id, ...waiting, url: `${ctx.core.urls.web}/join#${token}` })
  await noteSent(ctx, id)
}

async function findWaiting(
  ctx: Ctx,
  email: string,
  placeId: string,
  inviterId: string | null,
): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select w.email, w.place, w.note, (select name from users where id = ${inviterId}) as inviter from (
      select p.email, t.name as place, null as note from pending_team_members p join teams t on t.id = p.team_id
       where p.team_id = ${placeId} and t.deleted_at is null
      union all
      select p.email, j.name, p.message from pending_collaborators p join projects j on j.id = p.project_id
       where p.project_id = ${placeId} and j.deleted_at is null) w
     where w.email = ${email} and not exists (select from mail_suppressions s where s.email = w.email)`.execute(
    ctx.db,
  )
  return rows[0]
}

async function isEnough(ctx: Ctx, email: string, placeId: string): Promise<boolean> {
  const { rows } = await sql<{ here: boolean; today: number }>`
    select coalesce(bool_or(place_id = ${placeId} and sent_at > now() - ${PAUSE}::interval), false) as here, count(*) as today
      from mail_tokens where email = ${email} and purpose = 'invite' and sent_at > now() - interval '1 day'`.execute(
    ctx.db,
  )
  return !!rows[0] && (rows[0].here || rows[0].today >= MOST_A_DAY)
}
