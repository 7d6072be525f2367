interface Project {
  id: string
  name: string
  root_asset_id: string
  file_count: number
}

interface Asset {
  id: string
  name: string
  type: string
  comment_count: number
}

/** What V2 shows of a migrated project. */
export interface DemoView {
  project: Project
  children: Asset[]
  commented: Asset | undefined
  comments: { text: string; timestamp: number | null }[]
}

/** Reads a project, its root folder and one thread through V2, as any client would. Throws with the answer when V2 refuses. */
export async function viewProject(api: string, token: string, projectId: string): Promise<DemoView> {
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${api}/v2${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) throw new Error(`GET /v2${path} answered ${response.status}: ${await response.text()}`)
    return response.json() as Promise<T>
  }
  const project = await get<Project>(`/projects/${projectId}`)
  const children = await get<Asset[]>(`/assets/${project.root_asset_id}/children`)
  const commented = children.find((asset) => asset.type === 'file' && asset.comment_count > 0)
  const comments = commented ? await get<DemoView['comments']>(`/assets/${commented.id}/comments`) : []
  return { project, children, commented, comments }
}
