import { type Call, uuidParam } from '../call.ts'
import { read, write } from '../endpoint.ts'
import { LegacyError } from '../legacy-error.ts'
import type { V2Asset, V2Comment } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'
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
import { needAsset } from './assets.ts'
import { exportComments } from './comment-export.ts'
import { commentRecords } from './comment-tree.ts'

async function create(call: Call): Promise<LegacyRecord> {
  const asset = await needAsset(call, 'file_reference')
  const wanted = readRecords(call.params, 'comments').map((given) => ({
    parent: readText(given, 'parent_key'),
    body: {
      text: needText(given, 'text'),
      ...sent({ private: readFlag(given, 'private') }),
      ...marks(given),
    },
  }))
  if (wanted.length === 0) throw new LegacyError('comments is missing')
  const made: V2Comment[] = []
  for (const { parent, body } of wanted) {
    const path = parent
      ? `/v2/comments/${uuidParam({ params: { id: parent } })}/replies`
      : `/v2/assets/${asset.id}/comments`
    made.push(await call.v2.post(path, body))
  }
  return {
    comments: await commentRecords(call, asset.project_id, made),
    messages: ['Successfully created comments'],
  }
}

/** Where in the file a comment stands, and what is drawn there. */
function marks(given: Parameters) {
  return sent({
    timestamp: readNumber(given, 'timestamp'),
    duration: readNumber(given, 'duration'),
    page: readNumber(given, 'page'),
    annotation: annotation(given),
  })
}

/** A drawing comes as an object, as that object's JSON, or not at all in several spellings. */
function annotation(given: Parameters): string | undefined {
  const value = given.annotation_object
  const object = typeof value === 'string' && value.startsWith('{') ? parse(value) : value
  if (typeof object !== 'object' || object === null) return undefined
  return readText(object as Parameters, 'draw_data') ?? undefined
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new LegacyError('annotation_object is not JSON')
  }
}

async function update(call: Call): Promise<LegacyRecord> {
  const given = readRecord(call.params, 'comment')
  const body = { ...sent({ text: readText(given, 'text') }), ...marks(given) }
  return answer(call, await call.v2.put<V2Comment>(`/v2/comments/${uuidParam(call)}`, body), 'updated')
}

async function answer(call: Call, comment: V2Comment, what: string): Promise<LegacyRecord> {
  const asset = await call.v2.get<V2Asset>(`/v2/assets/${comment.asset_id}`)
  const [record = {}] = await commentRecords(call, asset.project_id, [comment])
  return { comment: record, messages: [`Successfully ${what} comment`] }
}

/** V2 switches by POST and DELETE on one path; V1 has a path for each. */
function toggle(path: string, verb: 'complete' | 'like', method: 'post' | 'delete', what: string) {
  return write(`/comments/:id/${path}`, async (call) => {
    const id = uuidParam(call)
    await call.v2[method](`/v2/comments/${id}/${verb}`)
    return answer(call, await call.v2.get<V2Comment>(`/v2/comments/${id}`, { include: 'replies' }), what)
  })
}

export const comments = [
  write('/file_references/:id/comments', create),
  read('/file_references/:id/comments/export', exportComments),
  write('/file_references/:id/comments/delete', async (call) => {
    await needAsset(call, 'file_reference')
    for (const id of readIds(call.params, 'comments'))
      await call.v2.delete(`/v2/comments/${uuidParam({ params: { id } })}`)
    return { messages: ['Successfully deleted comments'] }
  }),
  write('/comments/:id/update', update),
  toggle('complete', 'complete', 'post', 'completed'),
  toggle('uncomplete', 'complete', 'delete', 'reopened'),
  toggle('like', 'like', 'post', 'liked'),
  toggle('unlike', 'like', 'delete', 'unliked'),
]
