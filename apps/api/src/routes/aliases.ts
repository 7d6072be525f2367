import { Projects, pageInput } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { assetView } from '../views/asset.ts'
import { collaborationView } from '../views/project.ts'
import { webhookView } from '../views/webhook.ts'

const nothing = z.object({})

/** Ways to what other routes give too, which clients of V2 take (sections 2.3, 2.4 and 2.9). */
export const aliases: Route[] = [
  ...(['collaborators', 'pending_collaborators'] as const).map((what) =>
    route(`DELETE /v2/${what}/:collaborator_id`, {
      policy: Projects.removeCollaboratorPolicy,
      id: 'collaborator_id',
      input: nothing,
      run: (ctx, project) => Projects.removeCollaborator(ctx, project, { id: project.collaborator_id }),
      view: collaborationView,
    }),
  ),
  route('POST /v2/batch/projects/:project_id/collaborators', {
    policy: Projects.inviteToProject,
    id: 'project_id',
    input: Projects.AddCollaborators,
    run: Projects.addCollaborators,
    view: () => ({ error: null }),
  }),
  route('DELETE /v2/batch/projects/:project_id/collaborators', {
    policy: Projects.inviteToProject,
    id: 'project_id',
    input: Projects.RemoveCollaborators,
    run: Projects.removeCollaborators,
    view: () => ({ error: null }),
  }),
  route('GET /v2/projects/:project_id/tree', {
    policy: Projects.readProjectTree,
    id: 'project_id',
    input: Projects.ReadTree,
    run: Projects.readTree,
    view: assetView,
  }),
  listRoute('GET /v2/teams/:team_id/hooks', {
    policy: Projects.readTeamHooks,
    id: 'team_id',
    input: z.object(pageInput),
    run: Projects.listTeamWebhooks,
    view: webhookView,
  }),
  route('GET /v2/assets/:asset_id/audio', {
    policy: Projects.readAsset,
    id: 'asset_id',
    input: nothing,
    run: Projects.getAssetTracks,
    view: ({ id, audio_tracks }) => ({ _type: 'asset_audio', id, audio_tracks }),
  }),
  route('GET /v2/assets/:asset_id/subtitles', {
    policy: Projects.readAsset,
    id: 'asset_id',
    input: nothing,
    run: Projects.getAssetTracks,
    view: ({ id, subtitle_tracks }) => ({ _type: 'asset_subtitle', id, subtitle_tracks }),
  }),
]
