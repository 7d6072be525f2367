import type { Projects } from '@rushes/core'
import { userView } from './user.ts'

const decimals = JSON as unknown as { rawJSON(text: string): unknown }

/** A number with a decimal part, always: a client cuts the last two characters of `frame` off (H12). */
function withDecimal(value: number) {
  return decimals.rawJSON(
    Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(1) : JSON.stringify(value),
  )
}

/** V2's Comment (section 1.9). */
export function commentView({ comment, owner, guest, replies }: Projects.CommentDetail): object {
  const { project_id: _, reply_count, ...columns } = comment
  return {
    _type: 'comment',
    ...columns,
    owner: owner && userView(owner),
    anonymous_user: guest && { _type: 'anonymous_user', ...guest },
    frame: comment.timestamp === null ? null : withDecimal(comment.timestamp),
    completed: comment.completed_at !== null,
    has_replies: reply_count > 0,
    ...(replies && { replies: replies.map(commentView) }),
  }
}

export function impressionView({ impression, user }: Projects.ImpressionDetail) {
  return {
    _type: 'comment_impression',
    ...impression,
    user: user && userView(user),
    count: 1,
    deleted_at: null,
  }
}
