import type { Call } from '../call.ts'
import { notFound } from '../legacy-error.ts'
import { userSummary } from '../records/user.ts'
import type { V2Membership, V2Project, V2User } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'
import { needText, readList } from '../wire/parameters.ts'

/** Everybody who works on a project, each once: the team and the collaborators. */
export async function collaborators(call: Call): Promise<LegacyRecord> {
  const project = await call.v2.get<V2Project>(`/v2/projects/${await call.id('project')}`)
  const collaborators = await call.v2.list<V2Membership>(`/v2/projects/${project.id}/collaborators`)
  const members = await teamOf(call, project)
  const people = new Map<string, { user: V2User; role: string }>()
  for (const pages of [members, collaborators.pages])
    for await (const page of pages)
      for (const { user, role = 'collaborator' } of page)
        if (user && !people.has(user.id)) people.set(user.id, { user, role })
  return { collaborators: [...people.values()].map(({ user, role }) => userSummary(user, role)) }
}

/** The team's members; for who is on the project alone, V2 keeps the team to itself. */
async function teamOf(
  call: Call,
  project: V2Project,
): Promise<AsyncIterable<V2Membership[]> | V2Membership[][]> {
  if (project.shared) return []
  return (await call.v2.list<V2Membership>(`/v2/teams/${project.team_id}/members`)).pages
}

/** Invites people to a project by e-mail, sent as a list or with commas. */
export async function share(call: Call): Promise<LegacyRecord> {
  const project = await call.id('project', needText(call.params, 'pid'))
  const emails = readList(call.params, 'emails').flatMap((entry) => String(entry).split(','))
  const added: LegacyRecord[] = []
  for (const email of emails.map((entry) => entry.trim()).filter(Boolean)) {
    const made = await call.v2.post<V2Membership>(`/v2/projects/${project}/collaborators`, { email })
    if (made.user) added.push(userSummary(made.user, 'collaborator'))
  }
  if (emails.length === 0) throw notFound()
  return { collaborators: added, messages: ['Successfully shared project'] }
}
