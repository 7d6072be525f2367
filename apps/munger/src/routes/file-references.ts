import type { Call } from '../call.ts'
import { read, write } from '../endpoint.ts'
import { LegacyError } from '../legacy-error.ts'
import type { V2Asset } from '../v2/resources.ts'
import { integer, type LegacyRecord, text } from '../wire/codec.ts'
import {
  needText,
  type Parameters,
  readFlag,
  readIds,
  readNumber,
  readRecord,
  readRecords,
  readText,
  sent,
} from '../wire/parameters.ts'
import { assetRecord, assetRecords, createChildren, deleteAssets, needAsset } from './assets.ts'
import { commentTree } from './comment-tree.ts'

async function show(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'file_reference')
  const [record, comments] = await Promise.all([assetRecord(call, asset), commentTree(call, asset)])
  return { file_reference: { ...record, comments } }
}

async function createFiles(call: Call): Promise<LegacyRecord> {
  const folder = await needAsset(call, 'folder')
  const given = readRecords(call.params, 'file_references')
  if (given.length === 0) throw new LegacyError('file_references is missing')
  const made = await createChildren(call, folder, given.map(newFile))
  const uploads = await uploadsOf(call, given, made)
  const records = await assetRecords(call, made)
  return {
    file_references: records.map((record, place) => ({ ...record, ...uploads[place] })),
    messages: ['Successfully created file references'],
  }
}

/** Where to put each file's parts. Only V2 knows how many it takes: when one is refused, none of the files stays. */
async function uploadsOf(call: Call, given: Parameters[], made: V2Asset[]): Promise<LegacyRecord[]> {
  try {
    return made.map((asset, place) => upload(asset, given[place] ?? {}))
  } catch (refusal) {
    for (const { id } of made) await call.v2.delete(`/v2/assets/${id}`)
    throw refusal
  }
}

function newFile(file: Parameters) {
  return {
    type: 'file',
    name: needText(file, 'name'),
    filesize: readNumber(file, 'filesize') ?? 0,
    ...sent({ filetype: readText(file, 'filetype') }),
  }
}

/**
 * V2 takes parts of any size and joins them in the order of its URLs, so a client that cuts fewer and larger ones uses the
 * first of them; one that would cut more than there are can't be served. One more is an empty last part, which needs no URL.
 */
function upload(asset: V2Asset, file: Parameters): LegacyRecord {
  const urls = asset.upload_urls ?? []
  const parts = readNumber(file, 'parts') ?? urls.length
  if (parts > urls.length + 1) throw new LegacyError(`The file can be sent in ${urls.length} parts at most`)
  const echoed = readText(file, 'frontend_id')
  return {
    multipart_urls: urls.slice(0, parts),
    parts: integer(parts),
    ...(echoed !== undefined && { frontend_id: text(echoed) }),
  }
}

/** A part was put, says the client; V2 has seen it itself. */
async function notePart(call: Call): Promise<LegacyRecord> {
  await needAsset(call, 'file_reference')
  return { messages: ['Successfully completed part'] }
}

async function mergeParts(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'file_reference')
  if (asset.upload_completed_at === null) throw new LegacyError('Not all parts have arrived')
  return { messages: ['Successfully merged parts'] }
}

/** V2 starts transcoding by itself; the client that asks for it is right to think that it has begun. */
async function createJob(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'file_reference', needText(call.params, 'file_reference_id'))
  return { messages: ['Successfully created job'], job_id: asset.id }
}

async function update(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'file_reference')
  const given = readRecord(call.params, 'file_reference')
  const written = await call.v2.put<V2Asset>(
    `/v2/assets/${asset.id}`,
    sent({
      name: readText(given, 'name'),
      description: readText(given, 'description'),
      label: readText(given, 'label'),
      private: readFlag(given, 'private'),
    }),
  )
  return { file_reference: await assetRecord(call, written), messages: ['Successfully updated file'] }
}

async function download(call: Call): Promise<LegacyRecord> {
  const { original } = await needAsset(call, 'file_reference')
  if (!original) throw new LegacyError('Forbidden')
  return { url: original }
}

export const fileReferences = [
  read('/file_references/:id', show),
  read('/file_references/:id/download', download),
  write('/file_references/:id/part_complete', notePart),
  write('/file_references/:id/merge_parts', mergeParts),
  write('/file_references/:id/update', update),
  write('/folders/:id/file_references', createFiles),
  write('/folders/:id/file_references/delete', async (call) => {
    await needAsset(call, 'folder')
    await deleteAssets(call, 'file_reference', readIds(call.params, 'file_references'))
    return { messages: ['Successfully deleted files'] }
  }),
  write('/worker/create_job', createJob),
]
