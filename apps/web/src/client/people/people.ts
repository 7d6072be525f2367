import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../wire/query-client.ts'
import { request, requestAll } from '../wire/request.ts'
import type { Project, Team, User } from '../wire/types.ts'

/** Somebody who is in, or an invited e-mail that hasn't come in yet. */
export interface Person {
  id: string
  email?: string
  user?: User | null
  role?: TeamRole
}

export type TeamRole = 'member' | 'team_manager'

/** A project or a team, as far as people get into it and out again. */
export interface Circle {
  kind: 'project' | 'team'
  id: string
  name: string
  /** Where people are listed, added and removed; and where those are who were only invited. */
  path: string
  pendingPath: string
  /** Whether the server lets this person bring in and remove others. */
  managed: boolean
}

/** Who works on a project from outside its team. The team always invites, collaborators where the project lets them. */
export function projectCircle(project: Project): Circle {
  const base = `/v2/projects/${project.id}`
  const managed = !project.shared || project.project_preferences?.collaborator_can_invite === true
  return {
    ...circle('project', project),
    path: `${base}/collaborators`,
    pendingPath: `${base}/pending_collaborators`,
    managed,
  }
}

const MANAGERS: ReadonlySet<string> = new Set(['owner', 'admin', 'team_manager'])

/** Who sees every project of a team. */
export function teamCircle(team: Team): Circle {
  const base = `/v2/teams/${team.id}`
  const managed = MANAGERS.has(team.user_role ?? '')
  return { ...circle('team', team), path: `${base}/members`, pendingPath: `${base}/pending_members`, managed }
}

function circle<K extends Circle['kind']>(kind: K, { id, name }: { id: string; name: string }) {
  return { kind, id, name }
}

const key = ({ kind, id }: Circle) => [`${kind}s`, id, 'people']

/** First those who are in, then those who are invited. */
export const peopleQuery = (circle: Circle) =>
  queryOptions({
    queryKey: key(circle),
    queryFn: async () => {
      const lists = await Promise.all([
        requestAll<Person>(circle.path),
        requestAll<Person>(circle.pendingPath),
      ])
      return lists.flat()
    },
  })

export interface Invited {
  email: string
  message?: string
  role?: string
}

/** Adds somebody by e-mail; who isn't known gets an invitation by mail, now or again. */
export async function invite(circle: Circle, who: Invited): Promise<Person> {
  const added = await request<Person>('POST', circle.path, who)
  await queryClient.invalidateQueries({ queryKey: key(circle) })
  return added
}

export async function remove(circle: Circle, { id }: Person): Promise<void> {
  await request('DELETE', `${circle.path}/${id}`)
  await queryClient.invalidateQueries({ queryKey: key(circle) })
}
