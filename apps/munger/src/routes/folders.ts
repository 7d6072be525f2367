import type { Call } from '../call.ts'
import { read, write } from '../endpoint.ts'
import { LegacyError } from '../legacy-error.ts'
import type { V2Asset } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'
import {
  needText,
  readFlag,
  readIds,
  readNumber,
  readRecord,
  readRecords,
  readText,
  sent,
} from '../wire/parameters.ts'
import { assetRecord, assetRecords, children, createChildren, deleteAssets, needAsset } from './assets.ts'

/** A folder with all that is in it. */
async function folder(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'folder')
  const [record, folders, files, stacks] = await Promise.all([
    assetRecord(call, asset),
    children(call, asset, 'folder'),
    children(call, asset, 'file'),
    children(call, asset, 'version_stack'),
  ])
  return { folder: { ...record, folders, file_references: files, version_stacks: stacks } }
}

async function createFolders(call: Call): Promise<LegacyRecord> {
  const parent = await needAsset(call, 'folder')
  const wanted = readRecords(call.params, 'folders').map((given) => ({
    type: 'folder',
    name: needText(given, 'name'),
    ...sent({ private: readFlag(given, 'private'), index: readNumber(given, 'index') }),
  }))
  if (wanted.length === 0) throw new LegacyError('folders is missing')
  const made = await createChildren(call, parent, wanted)
  return { folders: await assetRecords(call, made), messages: ['Successfully created folders'] }
}

async function updateFolder(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'folder')
  const given = readRecord(call.params, 'folder')
  const written = await call.v2.put<V2Asset>(
    `/v2/assets/${asset.id}`,
    sent({
      name: readText(given, 'name'),
      private: readFlag(given, 'private'),
      index: readNumber(given, 'index'),
    }),
  )
  return { folder: await assetRecord(call, written), messages: ['Successfully updated folder'] }
}

const KINDS = {
  folders: 'folder',
  file_references: 'file_reference',
  version_stacks: 'version_stack',
} as const

async function move(call: Call): Promise<LegacyRecord> {
  const target = await needAsset(call, 'folder')
  for (const [key, kind] of Object.entries(KINDS))
    for (const given of readIds(call.params, key)) {
      const asset = await needAsset(call, kind, given)
      await call.v2.post(`/v2/assets/${target.id}/move`, { id: asset.id })
    }
  return { messages: ['Successfully moved'] }
}

export const folders = [
  read('/folders/:id', folder),
  write('/folders/:id/folders', createFolders),
  write('/folders/:id/update', updateFolder),
  write('/folders/:id/folders/delete', async (call) => {
    await needAsset(call, 'folder')
    await deleteAssets(call, 'folder', readIds(call.params, 'folders'))
    return { messages: ['Successfully deleted folders'] }
  }),
  write('/folders/:id/move', move),
]
