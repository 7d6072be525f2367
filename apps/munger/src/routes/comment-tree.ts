import type { Call } from '../call.ts'
import { commentRecord } from '../records/comment.ts'
import { rows } from '../rows.ts'
import type { V2Asset, V2Comment } from '../v2/resources.ts'
import type { LegacyRecord } from '../wire/codec.ts'

/** All comments of a file, oldest first, each with its replies below it. */
export async function commentTree(call: Call, { id, project_id }: V2Asset) {
  const found = await call.v2.list<V2Comment>(`/v2/assets/${id}/comments`, { include: 'replies' })
  // V2's list has replies also on the top level; here they stand in their comment.
  return rows(found, (page) =>
    commentRecords(
      call,
      project_id,
      page.filter((comment) => comment.parent_id === null),
    ),
  )
}

export async function commentRecords(
  call: Call,
  projectId: string,
  comments: V2Comment[],
): Promise<LegacyRecord[]> {
  const [legacy, likes] = await Promise.all([
    call.legacyIds([projectId, ...comments.map((comment) => comment.asset_id)]),
    readLikes(call, comments),
  ])
  return comments.map((comment) => commentRecord(comment, { projectId, legacy, likes }))
}

/** Who likes the comments: V2 tells it one comment at a time, so only those that anybody likes are asked for. */
async function readLikes({ v2 }: Call, comments: V2Comment[]): Promise<Map<string, string[]>> {
  const liked = comments
    .flatMap((comment) => [comment, ...(comment.replies ?? [])])
    .filter((comment) => comment.like_count > 0)
  const likes = new Map<string, string[]>()
  for (const { id } of liked) {
    const { pages } = await v2.list<{ type: string; user_id: string | null }>(
      `/v2/comments/${id}/impressions`,
    )
    const people: string[] = []
    for await (const page of pages)
      people.push(...page.flatMap(({ type, user_id }) => (type === 'like' && user_id ? [user_id] : [])))
    likes.set(id, people)
  }
  return likes
}
