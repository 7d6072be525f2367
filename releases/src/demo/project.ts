import { Accounts, authorize, Projects } from '@rushes/core'
import { FOLDERS, PEOPLE } from './cast.ts'
import type { Journal } from './journal.ts'
import type { Cast } from './people.ts'

export interface DemoProject {
  id: string
  rootId: string
  /** Ids of the folders by name. */
  folders: Map<string, string>
}

/** Makes the project, its folders, and lets the collaborator in. */
export async function makeProject({ as, teamId }: Cast, { step }: Journal): Promise<DemoProject> {
  const ana = as('ana')
  const { id, rootId } = await step('project', async () => {
    const team = await authorize(ana, Accounts.createProjectPolicy, teamId)
    const { project } = await Projects.createProject(ana, team, { name: 'Harbour Lights' })
    return { id: project.id, rootId: project.root_asset_id }
  })
  await step('collaborator', async () => {
    const project = await authorize(ana, Projects.inviteToProject, id)
    for (const { email, role } of PEOPLE)
      if (role === 'collaborator') await Projects.addCollaborator(ana, project, { email })
  })
  const folders = new Map<string, string>()
  for (const name of FOLDERS)
    folders.set(
      name,
      await step(`folder ${name}`, async () => {
        const root = await authorize(ana, Projects.addToAsset, rootId)
        return (await Projects.createAsset(ana, root, { type: 'folder', name })).asset.id
      }),
    )
  return { id, rootId, folders }
}
