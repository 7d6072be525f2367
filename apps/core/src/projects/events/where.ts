/** A row that says where it lives. */
export interface Located {
  account_id: string
  team_id: string
  project_id: string
}

/** The part of an event that says where it happened. */
export function at({ account_id, team_id, project_id }: Located) {
  return { version: 1 as const, accountId: account_id, teamId: team_id, projectId: project_id }
}
