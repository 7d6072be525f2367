import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { GrantedTeam } from '../../accounts/index.ts'
import { type Ctx, change, type Tx } from '../../context.ts'
import { definedOnly } from '../../defined-only.ts'
import { boolean, name, text } from '../../input.ts'
import { type ProjectDetail, readProjectDetail } from './project-detail.ts'

/** The switches of a project, by their wire names; all optional on the way in. */
export const ProjectPreferences = z.object({
  collaborator_can_download: boolean().optional(),
  collaborator_can_invite: boolean().optional(),
  collaborator_can_share: boolean().optional(),
  devices_enabled: boolean().optional(),
  notify_on_new_asset: boolean().optional(),
  notify_on_new_collaborator: boolean().optional(),
  notify_on_new_comment: boolean().optional(),
  notify_on_new_mention: boolean().optional(),
  notify_on_updated_label: boolean().optional(),
  notify_slack: boolean().optional(),
})

export const CreateProject = z.object({
  name: name(),
  description: text(20_000).optional(),
  private: boolean().optional(),
  project_preferences: ProjectPreferences.optional(),
})

/** A project with its root folder and preferences. */
export async function createProject(
  ctx: Ctx,
  team: GrantedTeam<'project.create'>,
  input: z.infer<typeof CreateProject>,
): Promise<ProjectDetail> {
  const id = await change(ctx, async (tx, emit) => {
    const id = await insertProject(tx, ctx, team, input)
    emit({
      type: 'project.created',
      version: 1,
      accountId: team.account_id,
      teamId: team.id,
      projectId: id,
      subjectId: id,
      data: { name: input.name },
    })
    return id
  })
  return readProjectDetail(ctx, id)
}

async function insertProject(
  tx: Tx,
  ctx: Ctx,
  team: { id: string; account_id: string },
  input: z.infer<typeof CreateProject>,
): Promise<string> {
  const [id, root_asset_id] = [randomUUID(), randomUUID()]
  const where = { account_id: team.account_id, team_id: team.id }
  const owner_id = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  await tx
    .insertInto('projects')
    .values({
      id,
      ...where,
      owner_id,
      root_asset_id,
      name: input.name,
      description: input.description ?? null,
      private: input.private ?? false,
    })
    .execute()
  await tx
    .insertInto('assets')
    .values({ id: root_asset_id, ...where, project_id: id, type: 'folder', name: 'root' })
    .execute()
  await tx
    .insertInto('project_preferences')
    .values({ project_id: id, ...definedOnly(input.project_preferences ?? {}) })
    .execute()
  return id
}
