import { type Call, uuidParam } from '../call.ts'
import { administer, read, write } from '../endpoint.ts'
import { teamRecord } from '../records/team.ts'
import { userSummary } from '../records/user.ts'
import { rows } from '../rows.ts'
import type { V2Membership, V2Project, V2Team } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'
import { needText, readList, readRecord, readRecords, readText, sent } from '../wire/parameters.ts'
import { projectBody, projectRecords } from './projects.ts'

export async function teamMembers(call: Call, teamId: string) {
  const members = await call.v2.list<V2Membership>(`/v2/teams/${teamId}/members`)
  return rows(members, (page) => page.flatMap(({ user, role }) => (user ? [userSummary(user, role)] : [])))
}

export async function teamProjects(call: Call, teamId: string) {
  const projects = await call.v2.list<V2Project>(`/v2/teams/${teamId}/projects`, {
    'filter[archived]': 'all',
  })
  return rows(projects, (page) => projectRecords(call, page))
}

async function update(call: Call): Promise<LegacyRecord> {
  const given = readRecord(call.params, 'team')
  const body = sent({ name: readText(given, 'name'), bio: readText(given, 'bio') })
  const team = await call.v2.put<V2Team>(`/v2/teams/${uuidParam(call)}`, body)
  return { team: teamRecord(team), messages: ['Successfully updated team'] }
}

async function createProject(call: Call): Promise<LegacyRecord> {
  const project = await call.v2.post<V2Project>(`/v2/teams/${uuidParam(call)}/projects`, projectBody(call))
  const [record = {}] = await projectRecords(call, [project])
  return { project: record, messages: ['Successfully created project'] }
}

/** Adds each of `users` to each of `teams`; V1's roles are more, V2's teams know members and managers. */
async function addToTeams(call: Call): Promise<void> {
  const role = readText(call.params, 'role') === 'team_manager' ? 'team_manager' : 'member'
  for (const team of readRecords(call.params, 'teams'))
    for (const user of readRecords(call.params, 'users'))
      await call.v2.post(`/v2/teams/${uuidParam({ params: team })}/members`, {
        email: needText(user, 'email'),
        role,
      })
}

async function removeFromTeam(call: Call): Promise<void> {
  const team = uuidParam({ params: readRecord(call.params, 'team') })
  for (const user of readList(call.params, 'users'))
    await call.v2.delete(`/v2/teams/${team}/members/${uuidParam({ params: readRecord({ user }, 'user') })}`)
}

export const teams = [
  // The one record that stands alone, without a name around it (1.4).
  read('/teams/:id', async (call) => teamRecord(await call.v2.get<V2Team>(`/v2/teams/${uuidParam(call)}`))),
  read('/teams/:id/members', async (call) => ({ members: await teamMembers(call, uuidParam(call)) })),
  // An old client lists by GET and creates by POST on the same path.
  {
    ...read('/teams/:id/projects', async (call) => ({ projects: await teamProjects(call, uuidParam(call)) })),
    methods: ['GET' as const],
  },
  write('/teams/:id/projects', createProject),
  write('/teams/:id/update', update),
  administer('/accounts/:id/users/add_to_teams', addToTeams),
  administer('/accounts/:id/users/remove_from_team', removeFromTeam),
]
