import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../wire/query-client.ts'
import { request, requestAll } from '../wire/request.ts'
import type { Project, User } from '../wire/types.ts'

/** Somebody on a project: known, or an invited e-mail that hasn't come in yet. */
export interface Collaborator {
  _type: 'collaborator' | 'pending_collaborator'
  id: string
  email?: string
  user?: User | null
}

const key = (projectId: string) => ['projects', projectId, 'people']

/** Who works on a project from outside the team; first those who are in, then those who are invited. */
export const collaboratorsQuery = (projectId: string) =>
  queryOptions({
    queryKey: key(projectId),
    queryFn: async () => {
      const path = `/v2/projects/${projectId}`
      const [here, invited] = await Promise.all([
        requestAll<Collaborator>(`${path}/collaborators`),
        requestAll<Collaborator>(`${path}/pending_collaborators`),
      ])
      return [...here, ...invited]
    },
  })

/** Adds somebody by e-mail; who isn't known gets an invitation by mail, now or again. */
export async function invite(projectId: string, email: string, message: string): Promise<Collaborator> {
  const body = { email, ...(message && { message }) }
  const added = await request<Collaborator>('POST', `/v2/projects/${projectId}/collaborators`, body)
  await queryClient.invalidateQueries({ queryKey: key(projectId) })
  return added
}

export async function remove(projectId: string, { id }: Collaborator): Promise<void> {
  await request('DELETE', `/v2/projects/${projectId}/collaborators/${id}`)
  await queryClient.invalidateQueries({ queryKey: key(projectId) })
}

/** How the server decides it: the team always, collaborators where the project lets them. */
export function mayInvite(project: Project): boolean {
  return !project.shared || project.project_preferences?.collaborator_can_invite === true
}
