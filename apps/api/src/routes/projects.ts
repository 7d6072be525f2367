import { Projects, pageInput } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { assetView } from '../views/asset.ts'
import { collaborationView, projectView } from '../views/project.ts'
import { reviewLinkView } from '../views/review-link.ts'

const paged = z.object(pageInput)
const nothing = z.object({})

export const projects: Route[] = [
  route('GET /v2/projects/:project_id', {
    policy: Projects.readProject,
    id: 'project_id',
    input: nothing,
    run: Projects.getProject,
    view: projectView,
  }),
  route('PUT /v2/projects/:project_id', {
    policy: Projects.updateProjectPolicy,
    id: 'project_id',
    input: Projects.UpdateProject,
    run: Projects.updateProject,
    view: projectView,
  }),
  route('DELETE /v2/projects/:project_id', {
    policy: Projects.deleteProjectPolicy,
    id: 'project_id',
    input: nothing,
    run: Projects.deleteProject,
    view: projectView,
  }),
  route('GET /v2/projects/:project_id/membership', {
    policy: Projects.readProject,
    id: 'project_id',
    input: nothing,
    run: Projects.getProjectMembership,
    view: (membership) => membership,
  }),
  listRoute('GET /v2/projects/:project_id/collaborators', {
    policy: Projects.readProject,
    id: 'project_id',
    input: paged,
    run: Projects.listCollaborators,
    view: collaborationView,
  }),
  listRoute('GET /v2/projects/:project_id/pending_collaborators', {
    policy: Projects.readProject,
    id: 'project_id',
    input: paged,
    run: Projects.listPendingCollaborators,
    view: collaborationView,
  }),
  route('POST /v2/projects/:project_id/collaborators', {
    policy: Projects.inviteToProject,
    id: 'project_id',
    input: Projects.AddCollaborator,
    run: Projects.addCollaborator,
    view: collaborationView,
  }),
  route('DELETE /v2/projects/:project_id/collaborators/:id', {
    policy: Projects.inviteToProject,
    id: 'project_id',
    input: z.object({ id: z.string(), email: z.string().max(254).optional() }),
    run: Projects.removeCollaborator,
    view: collaborationView,
  }),
  listRoute('GET /v2/projects/:project_id/trash', {
    policy: Projects.readProjectTrash,
    id: 'project_id',
    input: paged,
    run: Projects.listTrash,
    view: assetView,
  }),
  listRoute('GET /v2/projects/:project_id/review_links', {
    policy: Projects.readProjectLinks,
    id: 'project_id',
    input: paged,
    run: Projects.listReviewLinks,
    view: reviewLinkView,
  }),
  route('POST /v2/projects/:project_id/review_links', {
    policy: Projects.shareProject,
    id: 'project_id',
    input: Projects.CreateReviewLink,
    run: Projects.createReviewLink,
    view: reviewLinkView,
  }),
]
