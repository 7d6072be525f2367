import { queryOptions } from '@tanstack/react-query'
import { noteSnapshot } from '../live/cursor.ts'
import { queryClient } from './query-client.ts'
import { request, requestAll, requestAnswer } from './request.ts'
import type { Project, Team } from './types.ts'

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => requestAll<Team>('/v2/teams'),
})

/** The projects of a team, by name. */
export const teamProjectsQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['teams', teamId, 'projects'],
    queryFn: () => requestAll<Project>(`/v2/teams/${teamId}/projects`),
  })

/** The projects on which somebody is a collaborator without being in the team. */
export const sharedProjectsQuery = queryOptions({
  queryKey: ['teams', 'shared', 'projects'],
  queryFn: () => requestAll<Project>('/v2/projects/shared'),
})

export const projectQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId],
    queryFn: async () => {
      const { body, seq } = await requestAnswer<Project>('GET', `/v2/projects/${projectId}`)
      noteSnapshot(projectId, seq)
      return body
    },
  })

export async function createProject(teamId: string, name: string): Promise<Project> {
  const project = await request<Project>('POST', `/v2/teams/${teamId}/projects`, { name })
  await queryClient.invalidateQueries({ queryKey: ['teams', teamId, 'projects'] })
  return project
}
