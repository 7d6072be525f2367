import { sql } from 'kysely'
import { z } from 'zod'
import type { GrantedTeam, Person } from '../../accounts/index.ts'
import { type Ctx, change } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { boolean, name, type Page, pageInput, text } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { GrantedProject } from '../policies/project.ts'
import { ProjectPreferences } from './create-project.ts'
import { completeProjects, type ProjectDetail, readProjectDetail, readProjects } from './project-detail.ts'

const filter = z
  .object({
    archived: z.string().optional(),
    name: z.string().max(255).optional(),
    account_id: z.string().optional(),
  })
  .catch({})
  .default({})

export const ListProjects = z.object({ ...pageInput, filter })

/** The team's projects that the actor may see, by name. */
export function listProjects(
  ctx: Ctx,
  team: GrantedTeam<'project.list'>,
  input: z.infer<typeof ListProjects>,
): Promise<Page<ProjectDetail>> {
  return list(ctx, sql`p.team_id = ${team.id}`, input)
}

/** Projects on which the person is a collaborator without being in the team. */
export function listSharedProjects(
  ctx: Ctx,
  person: Granted<Person, 'person'>,
  input: z.infer<typeof ListProjects>,
): Promise<Page<ProjectDetail>> {
  const account = input.filter.account_id
  return list(
    ctx,
    sql`exists (select from collaborators c where c.project_id = p.id and c.user_id = ${person.userId})
      and not exists (select from team_members m where m.team_id = p.team_id and m.user_id = ${person.userId})
      and (${account ?? null}::text is null or p.account_id::text = ${account ?? null})`,
    input,
  )
}

async function list(
  ctx: Ctx,
  where: ReturnType<typeof sql>,
  { page, page_size, filter }: z.infer<typeof ListProjects>,
): Promise<Page<ProjectDetail>> {
  const archived = filter.archived === 'all' || filter.archived === 'true'
  const rows = await readProjects(
    ctx,
    sql`${where} and p.deleted_at is null and (${archived} or p.archive_status <> 'archived')
      and (${filter.name ?? null}::text is null or p.name = ${filter.name ?? null})`,
    sql`order by row.name, row.id limit ${page_size} offset ${(page - 1) * page_size}`,
  )
  return { rows: await completeProjects(ctx, rows), total: rows[0]?.total ?? 0, page, page_size }
}

export function getProject(ctx: Ctx, project: GrantedProject<'project.read'>): Promise<ProjectDetail> {
  return readProjectDetail(ctx, project.id)
}

export const UpdateProject = z.object({
  name: name().optional(),
  description: text(20_000).optional(),
  private: boolean().optional(),
  project_preferences: ProjectPreferences.optional(),
})

/** Writes the keys that were sent. */
export async function updateProject(
  ctx: Ctx,
  project: GrantedProject<'project.update'>,
  input: z.infer<typeof UpdateProject>,
): Promise<ProjectDetail> {
  const { project_preferences, ...rest } = definedOnly(input)
  const preferences = definedOnly(project_preferences ?? {})
  const changed = [...Object.keys(rest), ...Object.keys(preferences)]
  if (changed.length > 0)
    await change(ctx, async (tx, emit) => {
      await tx
        .updateTable('projects')
        .set({ ...rest, updated_at: sql`now()` })
        .where('id', '=', project.id)
        .execute()
      await tx
        .updateTable('project_preferences')
        .set({ ...preferences, updated_at: sql`now()` })
        .where('project_id', '=', project.id)
        .where('user_id', 'is', null)
        .execute()
      emit({ ...about(project), type: 'project.updated', data: { changed } })
    })
  return readProjectDetail(ctx, project.id)
}

/** Ends a project: nothing in it can be reached any more. */
export async function deleteProject(
  ctx: Ctx,
  project: GrantedProject<'project.delete'>,
): Promise<ProjectDetail> {
  const before = await readProjectDetail(ctx, project.id)
  const deleted_at = await change(ctx, async (tx, emit) => {
    const { rows } = await sql<{
      deleted_at: string
      comments: number
    }>`update projects set deleted_at = now(), updated_at = now()
      where id = ${project.id} returning deleted_at,
        (select coalesce(sum(comment_count), 0)::bigint from assets where project_id = ${project.id} and deleted_at is null) as comments`.execute(
      tx,
    )
    const { project: counted } = before
    emit({
      ...about(project),
      type: 'project.deleted',
      data: { files: counted.file_count, bytes: counted.storage, comments: rows[0]?.comments ?? 0 },
    })
    return rows[0]?.deleted_at ?? null
  })
  return { ...before, project: { ...before.project, deleted_at } }
}

export function about(project: { id: string; account_id: string; team_id: string }) {
  return {
    version: 1 as const,
    accountId: project.account_id,
    teamId: project.team_id,
    projectId: project.id,
    subjectId: project.id,
  }
}

/** `/projects/{id}/membership`: how the actor stands to the project. */
export function getProjectMembership(ctx: Ctx, project: GrantedProject<'project.read'>) {
  const team_role = ['owner', 'admin'].includes(project.role) ? 'team_manager' : project.role
  const team = team_role === 'team_manager' || team_role === 'member'
  return {
    collaborator: project.role === 'collaborator',
    owner: ctx.actor.kind === 'user' && project.owner_id === ctx.actor.userId,
    team_member: team,
    team_role: team ? team_role : null,
  }
}
