import { Projects, pageInput } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { commentView, impressionView } from '../views/comment.ts'

const nothing = z.object({})

export const comments: Route[] = [
  listRoute('GET /v2/assets/:asset_id/comments', {
    policy: Projects.readAssetComments,
    id: 'asset_id',
    input: Projects.ListComments,
    run: Projects.listComments,
    view: commentView,
  }),
  route('POST /v2/assets/:asset_id/comments', {
    policy: Projects.commentOnAsset,
    id: 'asset_id',
    input: Projects.WriteComment,
    run: Projects.createComment,
    view: commentView,
  }),
  route('GET /v2/comments/:comment_id', {
    policy: Projects.readComment,
    id: 'comment_id',
    input: Projects.ListComments,
    run: Projects.getComment,
    view: commentView,
  }),
  // The Python SDK updates by POST.
  ...(['PUT', 'POST'] as const).map((method) =>
    route(`${method} /v2/comments/:comment_id`, {
      policy: Projects.updateCommentPolicy,
      id: 'comment_id',
      input: Projects.UpdateComment,
      run: Projects.updateComment,
      view: commentView,
    }),
  ),
  route('DELETE /v2/comments/:comment_id', {
    policy: Projects.deleteCommentPolicy,
    id: 'comment_id',
    input: nothing,
    run: Projects.deleteComment,
    view: commentView,
  }),
  listRoute('GET /v2/comments/:comment_id/replies', {
    policy: Projects.readComment,
    id: 'comment_id',
    input: Projects.ListComments,
    run: Projects.listReplies,
    view: commentView,
  }),
  route('POST /v2/comments/:comment_id/replies', {
    policy: Projects.replyToComment,
    id: 'comment_id',
    input: Projects.WriteComment,
    run: Projects.createReply,
    view: commentView,
  }),
  ...([true, false] as const).flatMap((on) => {
    const method = on ? 'POST' : 'DELETE'
    return [
      route(`${method} /v2/comments/:comment_id/complete`, {
        policy: Projects.completeCommentPolicy,
        id: 'comment_id',
        input: nothing,
        run: (ctx, comment) => Projects.completeComment(ctx, comment, { completed: on }),
        view: commentView,
      }),
      route(`${method} /v2/comments/:comment_id/like`, {
        policy: Projects.likeCommentPolicy,
        id: 'comment_id',
        input: nothing,
        run: (ctx, comment) => Projects.likeComment(ctx, comment, { liked: on }),
        view: (likes) => likes.map(impressionView),
      }),
    ]
  }),
  listRoute('GET /v2/comments/:comment_id/impressions', {
    policy: Projects.readComment,
    id: 'comment_id',
    input: z.object(pageInput),
    run: Projects.listImpressions,
    view: impressionView,
  }),
]
