import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import type { Granted } from '../../policy.ts'
import { findMailToken, linkGone } from '../mail-tokens.ts'

export const ReadInvitation = z.object({ token: z.string().max(200) })

/** What an e-mail waits to be let into. */
export interface Place {
  kind: 'team' | 'project'
  id: string
  name: string
  account_id: string
}

/** What somebody with the mailed link may know before accepting. */
export interface Invitation {
  email: string
  /** The name of whoever invited, when they are still there. */
  inviter: string | null
  places: [Place, ...Place[]]
  /** Somebody has an account with this e-mail: they sign in to accept. */
  registered: boolean
}

/** Opens an invitation without using it up. Throws `invalid` alike for an unknown, used, expired or withdrawn one. */
export async function readInvitation(
  ctx: Ctx,
  _anyone: Granted<object, 'everyone'>,
  { token }: z.infer<typeof ReadInvitation>,
): Promise<Invitation> {
  const { email, inviter_id } = await findMailToken(ctx, 'invite', token)
  const [place, ...more] = await readPlaces(ctx, email)
  if (!place) throw linkGone()
  const { rows } = await sql<{ inviter: string | null; registered: boolean }>`
    select (select name from users where id = ${inviter_id} and deleted_at is null) as inviter,
           exists (select from users where email = ${email}) as registered`.execute(ctx.db)
  return {
    email,
    places: [place, ...more],
    inviter: rows[0]?.inviter ?? null,
    registered: rows[0]?.registered ?? false,
  }
}

/** Teams, then projects. */
async function readPlaces(ctx: Ctx, email: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select 'team' as kind, t.id, t.name, t.account_id from pending_team_members p join teams t on t.id = p.team_id
     where p.email = ${email} and t.deleted_at is null
    union all
    select 'project', j.id, j.name, j.account_id from pending_collaborators p join projects j on j.id = p.project_id
     where p.email = ${email} and j.deleted_at is null
     order by kind desc, name`.execute(ctx.db)
  return rows
}
