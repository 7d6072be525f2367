import { authorize, Projects } from '@rushes/core'
import { REMARKS, type Remark } from './cast.ts'
import type { Journal } from './journal.ts'
import type { Cast } from './people.ts'

/** Writes the comments of the demo, their replies and drawings. `ids` are those of the clips. */
export async function makeRemarks(
  cast: Cast,
  ids: ReadonlyMap<string, string>,
  { step }: Journal,
): Promise<void> {
  for (const [index, remark] of REMARKS.entries())
    await step(`remark ${index}`, () => write(cast, ids.get(remark.on)!, remark))
}

async function write(
  { as }: Cast,
  assetId: string,
  { by, frame, text, shapes, replies = [], done }: Remark,
): Promise<void> {
  const asset = await authorize(as(by), Projects.commentOnAsset, assetId)
  const { comment } = await Projects.createComment(as(by), asset, {
    text,
    timestamp: frame,
    ...(shapes && { annotation: JSON.stringify(shapes) }),
  })
  for (const reply of replies) {
    const granted = await authorize(as(reply.by), Projects.replyToComment, comment.id)
    await Projects.createReply(as(reply.by), granted, { text: reply.text })
  }
  if (!done) return
  const granted = await authorize(as('bruno'), Projects.completeCommentPolicy, comment.id)
  await Projects.completeComment(as('bruno'), granted, { completed: true })
}
