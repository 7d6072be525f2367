import type { Call } from '../call.ts'
import { read, write } from '../endpoint.ts'
import { LegacyError } from '../legacy-error.ts'
import type { V2Asset } from '../v2/resources.ts'
import { jsonText, type LegacyRecord } from '../wire/codec.ts'
import { needText, readIds } from '../wire/parameters.ts'
import { assetRecord, assetRecords, needAsset } from './assets.ts'

/** A stack with its versions, oldest first. */
async function stackAnswer(call: Call, stack: V2Asset): Promise<LegacyRecord> {
  const { pages } = await call.v2.list<V2Asset>(`/v2/assets/${stack.id}/children`)
  const versions: V2Asset[] = []
  for await (const page of pages) versions.push(...page)
  const records = await assetRecords(call, versions.reverse())
  const keys = jsonText(records.map((record) => record.id))
  return { ...(await assetRecord(call, stack)), file_reference_keys: keys, file_references: records }
}

async function show(call: Call): Promise<LegacyRecord> {
  return { version_stack: await stackAnswer(call, await needAsset(call, 'version_stack')) }
}

/** Stacks files of a folder: the first is the oldest. */
async function create(call: Call): Promise<LegacyRecord> {
  await call.id('folder', needText(call.params, 'folder_key'))
  const ids: string[] = []
  for (const given of readIds(call.params, 'file_references'))
    ids.push((await needAsset(call, 'file_reference', given)).id)
  const [first, ...next] = ids
  if (!first || next.length === 0) throw new LegacyError('A version stack needs two files or more')
  let stack = await addVersion(call, first, next[0] ?? '')
  for (const id of next.slice(1)) stack = await addVersion(call, stack.id, id)
  return { version_stack: await stackAnswer(call, stack), messages: ['Successfully created version stack'] }
}

const addVersion = (call: Call, target: string, next: string) =>
  call.v2.post<V2Asset>(`/v2/assets/${target}/version`, { next_asset_id: next })

async function add(call: Call): Promise<LegacyRecord> {
  let stack = await needAsset(call, 'version_stack')
  for (const given of readIds(call.params, 'file_references'))
    stack = await addVersion(call, stack.id, (await needAsset(call, 'file_reference', given)).id)
  return { version_stack: await stackAnswer(call, stack), messages: ['Successfully added versions'] }
}

export const versionStacks = [
  read('/version_stacks/:id', show),
  write('/version_stacks/create', create),
  write('/version_stacks/:id/file_references', add),
]
