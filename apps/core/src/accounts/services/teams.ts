import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { boolean, name, type Page, type PageInput, text } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { GrantedAccount } from '../policies/account.ts'
import type { Person } from '../policies/person.ts'
import { type GrantedTeam, type TeamRole, teamRole } from '../policies/team.ts'

export type TeamRow = Selectable<Tables['teams']>
/** A team with its counts, summed over its projects. */
export type TeamDetail = TeamRow & { role: TeamRole; project_count: number; member_count: number } & Sums

interface Sums {
  file_count: number
  folder_count: number
  storage: number
  collaborator_count: number
}

export const WriteTeam = z.object({
  name: name().optional(),
  access: z.enum(['public', 'private', 'restricted']).optional(),
  bio: text(5000).optional(),
  location: text(255).optional(),
  link: text(2048).optional(),
  color: text(32).optional(),
  background_color: text(32).optional(),
  font_color: text(32).optional(),
  dark_theme: boolean().optional(),
  solo: boolean().optional(),
})
export const CreateTeam = WriteTeam.extend({ name: name() })

const detail = sql`t.*, sums.*,
  (select count(*) from team_members tm where tm.team_id = t.id) as member_count`
const sums = sql`cross join lateral (
  select count(*) as project_count, coalesce(sum(file_count), 0)::bigint as file_count, coalesce(sum(folder_count), 0)::bigint as folder_count,
         coalesce(sum(storage), 0)::bigint as storage, coalesce(sum(collaborator_count), 0)::bigint as collaborator_count
    from projects where team_id = t.id and deleted_at is null) sums`

/** The teams that the person can enter, over all accounts. */
export async function listTeams(
  ctx: Ctx,
  _person: Granted<Person, 'person'>,
  page: PageInput,
): Promise<Page<TeamDetail>> {
  return listWhere(ctx, sql`true`, page)
}

/** The account's teams that the actor can enter. */
export async function listAccountTeams(
  ctx: Ctx,
  account: GrantedAccount<'account.read'>,
  page: PageInput,
): Promise<Page<TeamDetail>> {
  return listWhere(ctx, sql`t.account_id = ${account.id}`, page)
}

async function listWhere(
  ctx: Ctx,
  condition: ReturnType<typeof sql>,
  page: PageInput,
): Promise<Page<TeamDetail>> {
  const { rows } = await sql<TeamDetail & { total: number }>`
    select row.*, count(*) over () as total from (
      select ${detail}, ${teamRole(ctx)} as role from teams t ${sums} where t.deleted_at is null and ${condition}
    ) row where row.role is not null order by row.name, row.id
    limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(ctx.db)
  return { rows, total: rows[0]?.total ?? 0, ...page }
}

export async function getTeam(ctx: Ctx, team: GrantedTeam<'team.read'>): Promise<TeamDetail> {
  return readTeamDetail(ctx, team.id)
}

async function readTeamDetail(ctx: Ctx, id: string): Promise<TeamDetail> {
  const { rows } =
    await sql<TeamDetail>`select ${detail}, ${teamRole(ctx)} as role from teams t ${sums} where t.id = ${id}`.execute(
      ctx.db,
    )
  if (!rows[0]) throw new Error('a granted team exists')
  return rows[0]
}

/** A new team in the account; its maker manages it. */
export async function createTeam(
  ctx: Ctx,
  account: GrantedAccount<'team.create'>,
  input: z.infer<typeof CreateTeam>,
): Promise<TeamDetail> {
  const creator_id = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const team = await change(ctx, async (tx, emit) => {
    const row = await tx
      .insertInto('teams')
      .values({ ...definedOnly(input), name: input.name, account_id: account.id, creator_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (creator_id)
      await tx
        .insertInto('team_members')
        .values({ team_id: row.id, user_id: creator_id, role: 'team_manager' })
        .execute()
    emit({
      type: 'team.created',
      version: 1,
      accountId: account.id,
      teamId: row.id,
      projectId: null,
      subjectId: row.id,
      data: { name: input.name },
    })
    return row
  })
  return readTeamDetail(ctx, team.id)
}

export async function updateTeam(
  ctx: Ctx,
  team: GrantedTeam<'team.update'>,
  input: z.infer<typeof WriteTeam>,
): Promise<TeamDetail> {
  const values = definedOnly(input)
  if (Object.keys(values).length > 0)
    await change(ctx, async (tx, emit) => {
      await tx
        .updateTable('teams')
        .set({ ...values, updated_at: sql`now()` })
        .where('id', '=', team.id)
        .execute()
      emit({
        type: 'team.updated',
        version: 1,
        accountId: team.account_id,
        teamId: team.id,
        projectId: null,
        subjectId: team.id,
        data: { changed: Object.keys(values) },
      })
    })
  return readTeamDetail(ctx, team.id)
}
