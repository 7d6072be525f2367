import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../context.ts'
import type { Granted, Policy } from '../../policy.ts'
import { type Access, accessOf, isEditor, isManager, projectSeq } from '../access.ts'

export type ProjectRow = Selectable<Tables['projects']>
export type AccessibleProject = ProjectRow & Access & { project_seq: number }

/** The live project as `ctx.actor` may see it. */
export async function findProject(ctx: Ctx, id: string): Promise<AccessibleProject | null> {
  const access = accessOf(ctx.actor)
  const { rows } = await sql<AccessibleProject>`
    select row.* from (
      select p.*, ${projectSeq}, ${access.columns} from projects p ${access.joins} where p.id = ${id} and p.deleted_at is null
    ) row where row.role is not null`.execute(ctx.db)
  return rows[0] ?? null
}

const own = (ctx: Ctx, row: AccessibleProject) =>
  ctx.actor.kind === 'user' && row.owner_id === ctx.actor.userId
const find = findProject

export const readProject = {
  name: 'project.read',
  scope: 'project.read',
  find,
  allows: (_ctx, row) => row.role !== 'guest',
} satisfies Policy<AccessibleProject, 'project.read'>

export const updateProjectPolicy = {
  name: 'project.update',
  scope: 'project.update',
  find,
  allows: (_ctx, row) => isEditor(row.role),
} satisfies Policy<AccessibleProject, 'project.update'>

export const deleteProjectPolicy = {
  name: 'project.delete',
  scope: 'project.delete',
  find,
  allows: (ctx, row) => isManager(row.role) || (isEditor(row.role) && own(ctx, row)),
} satisfies Policy<AccessibleProject, 'project.delete'>

export const inviteToProject = {
  name: 'collaborator.create',
  scope: 'project.update',
  find,
  allows: (_ctx, row) => isEditor(row.role) || (row.role === 'collaborator' && row.can_invite),
} satisfies Policy<AccessibleProject, 'collaborator.create'>

export const shareProject = {
  name: 'reviewlink.create',
  scope: 'reviewlink.create',
  find,
  allows: (_ctx, row) => isEditor(row.role) || (row.role === 'collaborator' && row.can_share),
} satisfies Policy<AccessibleProject, 'reviewlink.create'>

export const readProjectLinks = {
  name: 'reviewlink.list',
  scope: 'reviewlink.read',
  find,
  allows: (_ctx, row) => row.role !== 'guest',
} satisfies Policy<AccessibleProject, 'reviewlink.list'>

export const readProjectTrash = {
  name: 'project.trash',
  scope: 'asset.read',
  find,
  allows: (_ctx, row) => isEditor(row.role) || row.role === 'staff',
} satisfies Policy<AccessibleProject, 'project.trash'>

export const readProjectTree = {
  name: 'project.tree',
  scope: 'asset.read',
  find,
  allows: readProject.allows,
} satisfies Policy<AccessibleProject, 'project.tree'>

/** Following a project's events over a socket; guests follow their review link instead. */
export const followProject = {
  name: 'project.follow',
  scope: 'project.read',
  find,
  allows: (_ctx, row) => row.role !== 'guest',
} satisfies Policy<AccessibleProject, 'project.follow'>

export type GrantedProject<Name extends string> = Granted<AccessibleProject, Name>
