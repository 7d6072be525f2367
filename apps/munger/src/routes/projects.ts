import type { Call } from '../call.ts'
import { administer, read, write } from '../endpoint.ts'
import { LegacyError } from '../legacy-error.ts'
import { folderRecord } from '../records/asset.ts'
import { PREFERENCES, projectRecord } from '../records/project.ts'
import type { V2Asset, V2Project } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'
import { readFlag, readList, readRecord, readText, sent } from '../wire/parameters.ts'
import { idsOf } from './assets.ts'
import { collaborators, share } from './collaborators.ts'

export async function projectRecords(call: Call, projects: V2Project[]): Promise<LegacyRecord[]> {
  const legacy = await call.legacyIds(projects.flatMap((project) => [project.id, project.root_asset_id]))
  return projects.map((project) => projectRecord(project, legacy))
}

async function show(call: Call): Promise<LegacyRecord> {
  const project = await call.v2.get<V2Project>(`/v2/projects/${await call.id('project')}`)
  const [[record], legacy] = await Promise.all([
    projectRecords(call, [project]),
    idsOf(call, project.root_asset ? [project.root_asset] : []),
  ])
  return {
    project: {
      ...record,
      ...(project.root_asset && { root_folder: folderRecord(project.root_asset, legacy) }),
    },
  }
}

/** What V2 takes of a project, from the three places where old clients put it. */
export function projectBody({ params }: Call) {
  const given = readRecord(params, 'project')
  const prefs = { ...readRecord(params, 'preferences'), ...readRecord(params, 'project_preferences') }
  const switches = Object.entries(PREFERENCES).map(([ours, theirs]) => [theirs, readFlag(prefs, ours)])
  return sent({
    name: readText(given, 'name'),
    description: readText(given, 'description'),
    private: readFlag(given, 'private'),
    project_preferences: sent({
      ...Object.fromEntries(switches),
      notify_slack: readFlag(params, 'slack_notifications_pref'),
    }),
  })
}

async function update(call: Call): Promise<LegacyRecord> {
  const path = `/v2/projects/${await call.id('project')}`
  const [record = {}] = await projectRecords(call, [await call.v2.put<V2Project>(path, projectBody(call))])
  return { project: record, messages: ['Successfully updated project'] }
}

const DEEPEST = 64

/** Every folder below one: nested, and read while the answer goes out. */
async function* folderTree(call: Call, parentId: string, depth = 0): AsyncGenerator<LegacyRecord> {
  if (depth > DEEPEST) throw new LegacyError('The folders are nested too deep')
  const { pages } = await call.v2.list<V2Asset>(`/v2/assets/${parentId}/children`, { type: 'folder' })
  for await (const page of pages) {
    const legacy = await idsOf(call, page)
    for (const { id, name, item_count } of page)
      yield { id: legacy(id), name, folders: item_count > 0 ? folderTree(call, id, depth + 1) : [] }
  }
}

async function tree(call: Call): Promise<LegacyRecord> {
  const project = await call.v2.get<V2Project>(`/v2/projects/${await call.id('project')}`)
  const legacy = await call.legacyIds([project.root_asset_id])
  const folders = folderTree(call, project.root_asset_id)
  return { folder_tree: { id: legacy(project.root_asset_id), name: project.name, folders } }
}

export const projects = [
  read('/projects/:id', show),
  read('/projects/:id/collaborators', collaborators),
  read('/projects/:id/folder_tree', tree),
  write('/projects/:id/update', update),
  write('/projects/share', share),
  administer('/projects/:id/delete', async (call) =>
    call.v2.delete(`/v2/projects/${await call.id('project')}`),
  ),
  administer('/projects/:id/collaborators/remove', async (call) => {
    const project = await call.id('project')
    for (const id of readList(call.params, 'collaboratorIds'))
      await call.v2.delete(`/v2/projects/${project}/collaborators/${encodeURIComponent(String(id))}`)
  }),
]
