import type { Accounts, Projects } from '@rushes/core'
import type { ViewContext } from '@rushes/middleware'
import { assetView } from './asset.ts'
import { permissionsView } from './permissions.ts'
import { userView } from './user.ts'

/** The columns of a project as V2 names them (section 1.4), without anything embedded. */
export function projectColumns(project: Projects.ProjectRow) {
  const { account_id: _, ...columns } = project
  return {
    _type: 'project',
    ...columns,
    has_drm_assets: false,
    resource_id: null,
    archived_file_count: 0,
    archived_storage: 0,
  }
}

/** A project with what a person may do there. `shared`: they are on it without being in its team. */
export function projectView(
  { project, root_asset, project_preferences, user_preferences }: Projects.ProjectDetail,
  view: ViewContext,
) {
  const { role, can_download, can_share, can_invite: _i, can_comment: _c, ...row } = project
  return {
    ...projectColumns(row),
    shared: role === 'collaborator',
    ...(root_asset && { root_asset: assetView(root_asset, view) }),
    project_preferences: project_preferences && { _type: 'project_preference', ...project_preferences },
    user_preferences: user_preferences && { _type: 'project_preference', ...user_preferences },
    user_permissions: permissionsView({ can_download, can_share }),
  }
}

/** A collaborator, or one who was invited and isn't known yet (section 1.5). */
export function collaborationView(collaboration: Projects.Collaboration) {
  if (collaboration.pending)
    return { _type: 'pending_collaborator', ...collaboration.row, updated_at: null, deleted_at: null }
  return { _type: 'collaborator', ...collaboration.row, user: embedded(collaboration.user), deleted_at: null }
}

function embedded(user: Accounts.UserRow | null) {
  return (
    user && {
      ...userView(user),
      project_role: { collaborator: true, owner: false, team_member: false, team_role: null },
    }
  )
}
