import { Accounts, Projects, pageInput } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { projectView } from '../views/project.ts'
import { membershipView, teamView } from '../views/team.ts'
import { webhookView } from '../views/webhook.ts'

const paged = z.object(pageInput)
const nothing = z.object({})
const plain = teamView()
// The caller's role is cheap here and clients ask for it; it is always included.
const withRole = teamView(['user_role'])

export const teams: Route[] = [
  listRoute('GET /v2/teams', {
    policy: Accounts.signedIn('team.read'),
    input: paged,
    run: Accounts.listTeams,
    view: withRole,
  }),
  listRoute('GET /v2/accounts/:account_id/teams', {
    policy: Accounts.readAccount,
    id: 'account_id',
    input: paged,
    run: Accounts.listAccountTeams,
    view: withRole,
  }),
  route('POST /v2/accounts/:account_id/teams', {
    policy: Accounts.createTeamPolicy,
    id: 'account_id',
    input: Accounts.CreateTeam,
    run: Accounts.createTeam,
    view: plain,
  }),
  route('GET /v2/teams/:team_id', {
    policy: Accounts.readTeam,
    id: 'team_id',
    input: nothing,
    run: Accounts.getTeam,
    view: withRole,
  }),
  route('PUT /v2/teams/:team_id', {
    policy: Accounts.updateTeamPolicy,
    id: 'team_id',
    input: Accounts.WriteTeam,
    run: Accounts.updateTeam,
    view: plain,
  }),
  route('GET /v2/teams/:team_id/membership', {
    policy: Accounts.readTeam,
    id: 'team_id',
    input: nothing,
    run: (_ctx, team) => ({
      role: team.role === 'owner' || team.role === 'admin' ? 'team_manager' : team.role,
    }),
    view: (membership) => membership,
  }),
  listRoute('GET /v2/teams/:team_id/members', {
    policy: Accounts.readTeam,
    id: 'team_id',
    input: paged,
    run: Accounts.listTeamMembers,
    view: membershipView,
  }),
  listRoute('GET /v2/teams/:team_id/pending_members', {
    policy: Accounts.readTeam,
    id: 'team_id',
    input: paged,
    run: Accounts.listPendingTeamMembers,
    view: membershipView,
  }),
  ...(['members', 'membership'] as const).map((path) =>
    route(`POST /v2/teams/:team_id/${path}`, {
      policy: Accounts.updateTeamPolicy,
      id: 'team_id',
      input: Accounts.AddTeamMember,
      run: Accounts.addTeamMember,
      view: membershipView,
    }),
  ),
  route('DELETE /v2/teams/:team_id/members/:member_id', {
    policy: Accounts.updateTeamPolicy,
    id: 'team_id',
    input: z.object({ member_id: z.string(), email: z.string().max(254).optional() }),
    run: Accounts.removeTeamMember,
    view: membershipView,
  }),
  listRoute('GET /v2/teams/:team_id/projects', {
    policy: Accounts.readTeamProjects,
    id: 'team_id',
    input: Projects.ListProjects,
    run: Projects.listProjects,
    view: projectView,
  }),
  route('POST /v2/teams/:team_id/projects', {
    policy: Accounts.createProjectPolicy,
    id: 'team_id',
    input: Projects.CreateProject,
    run: Projects.createProject,
    view: projectView,
  }),
  route('POST /v2/teams/:team_id/hooks', {
    policy: Accounts.createWebhookPolicy,
    id: 'team_id',
    input: Projects.CreateWebhook,
    run: Projects.createWebhook,
    view: webhookView,
  }),
]
