import type { LegacyIds } from '../call.ts'
import type { V2Comment } from '../v2/resources.ts'
import {
  decimal,
  epoch,
  flag,
  integer,
  jsonText,
  type LegacyRecord,
  NULL,
  stamp,
  text,
} from '../wire/codec.ts'

/** Where a comment is, which V2 doesn't repeat in it. */
export interface CommentPlace {
  projectId: string
  legacy: LegacyIds
  /** Who likes it, by comment id. */
  likes: ReadonlyMap<string, string[]>
}

/** A comment with its replies below it. `timestamp` counts frames. */
export function commentRecord(comment: V2Comment, place: CommentPlace): LegacyRecord {
  const { legacy, likes, projectId } = place
  const replies = comment.replies ?? []
  return {
    id: comment.id,
    file_reference_key: legacy(comment.asset_id),
    project_key: legacy(projectId),
    master_key: text(comment.owner_id ?? comment.anonymous_user?.email ?? comment.anonymous_user_id),
    master_class: comment.anonymous_user_id === null ? 'User' : 'AnonymousUser',
    text: comment.text,
    timestamp: decimal(comment.timestamp),
    duration: decimal(comment.duration),
    page: integer(comment.page),
    private: flag(comment.private),
    completed: flag(comment.completed),
    completed_at: epoch(comment.completed_at),
    completer_key: text(comment.completer_id),
    parent_key: text(comment.parent_id),
    reply_keys: jsonText(replies.map((reply) => reply.id)),
    like_keys: jsonText(likes.get(comment.id) ?? []),
    annotation_object: annotationObject(comment.annotation),
    review_link_key: text(comment.review_link_id),
    pitch: decimal(comment.pitch),
    yaw: decimal(comment.yaw),
    fov: decimal(comment.fov),
    created_at_integer: epoch(comment.inserted_at),
    updated_at_integer: epoch(comment.updated_at),
    created_at: stamp(comment.inserted_at),
    replies: replies.map((reply) => commentRecord(reply, place)),
  }
}

/** The drawing's text as it is, unknown tools included; the one attribute that is an object on the wire. */
function annotationObject(annotation: string | null): string | LegacyRecord {
  return annotation === null || annotation === '' ? NULL : { draw_data: annotation }
}
