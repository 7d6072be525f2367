import { sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Policy } from '../../policy.ts'
import { type AccessibleProject, findProject, inviteToProject } from './project.ts'

/** A project, as reached by the id of somebody's place on it. */
export type CollaboratorsProject = AccessibleProject & { collaborator_id: string }

async function find(ctx: Ctx, id: string): Promise<CollaboratorsProject | null> {
  const { rows } = await sql<{ project_id: string }>`select project_id from collaborators where id = ${id}
    union all select project_id from pending_collaborators where id = ${id}`.execute(ctx.db)
  const project = rows[0] ? await findProject(ctx, rows[0].project_id) : null
  return project && { ...project, collaborator_id: id }
}

/** Who may bring people in may also let them go. */
export const removeCollaboratorPolicy = {
  name: 'collaborator.delete',
  scope: 'project.update',
  find,
  allows: (ctx, row: CollaboratorsProject) => inviteToProject.allows(ctx, row),
} satisfies Policy<CollaboratorsProject, 'collaborator.delete'>
