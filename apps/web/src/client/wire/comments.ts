import { queryOptions } from '@tanstack/react-query'
import { removeComment, upsertComment } from '../comments/comment-list.ts'
import { queryClient } from './query-client.ts'
import { request, requestAll } from './request.ts'
import type { Comment } from './types.ts'

export interface NewComment {
  text: string
  timestamp?: number
  duration?: number
  annotation?: string
  private?: boolean
}

/** Every comment and reply of an asset, flat, oldest first. */
export const commentsQuery = (assetId: string) =>
  queryOptions({
    queryKey: ['assets', assetId, 'comments'],
    queryFn: () => requestAll<Comment>(`/v2/assets/${assetId}/comments`),
  })

/** Puts a comment into the cached list of its asset, in place of an older copy. */
export function keepComment(comment: Comment): void {
  change(comment.asset_id, (list) => upsertComment(list, comment))
}

/** Takes a comment and its replies out of the cached list. */
export function dropComment(assetId: string, commentId: string): void {
  change(assetId, (list) => removeComment(list, commentId))
}

export async function createComment(assetId: string, comment: NewComment): Promise<Comment> {
  const created = await request<Comment>('POST', `/v2/assets/${assetId}/comments`, comment)
  keepComment(created)
  return created
}

export async function createReply(parentId: string, text: string): Promise<void> {
  keepComment(await request<Comment>('POST', `/v2/comments/${parentId}/replies`, { text }))
}

export async function editComment(commentId: string, text: string): Promise<void> {
  keepComment(await request<Comment>('PUT', `/v2/comments/${commentId}`, { text }))
}

export async function deleteComment(comment: Comment): Promise<void> {
  await request('DELETE', `/v2/comments/${comment.id}`)
  dropComment(comment.asset_id, comment.id)
}

export async function setCompleted(commentId: string, completed: boolean): Promise<void> {
  keepComment(await request<Comment>(completed ? 'POST' : 'DELETE', `/v2/comments/${commentId}/complete`))
}

export function readComment(commentId: string): Promise<Comment> {
  return request<Comment>('GET', `/v2/comments/${commentId}`)
}

function change(assetId: string, edit: (list: Comment[]) => Comment[]): void {
  queryClient.setQueryData(commentsQuery(assetId).queryKey, (list) => list && edit(list))
}
