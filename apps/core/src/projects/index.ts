export type { Role } from './access.ts'
export * from './policies/asset.ts'
export * from './policies/collaborator.ts'
export * from './policies/comment.ts'
export * from './policies/copy.ts'
export * from './policies/project.ts'
export * from './policies/review-link.ts'
export * from './policies/team-hooks.ts'
export * from './policies/user-events.ts'
export * from './policies/webhook.ts'
export type { AssetDetail, MediaRow, RenditionRow } from './services/asset-detail.ts'
export { type AssetTracks, getAssetTracks } from './services/asset-tracks.ts'
export {
  type AuditRow,
  eventTypeOf,
  ListAuditEvents,
  listAccountEvents,
  listUserEvents,
} from './services/audit-events.ts'
export * from './services/audits.ts'
export {
  AddCollaborators,
  addCollaborators,
  RemoveCollaborators,
  removeCollaborators,
} from './services/batch-collaborators.ts'
export {
  AddCollaborator,
  addCollaborator,
  type Collaboration,
  listCollaborators,
  listPendingCollaborators,
  removeCollaborator,
} from './services/collaborators.ts'
export {
  type CommentDetail,
  getComment,
  ListComments,
  listComments,
  listReplies,
} from './services/comments.ts'
export { CopyAsset, CopyAssets, copyAsset, copyAssets } from './services/copy-asset.ts'
export { CreateAsset, createAsset } from './services/create-asset.ts'
export { CreateProject, createProject } from './services/create-project.ts'
export { EnterReview, enterReview, openReview, type ReviewDoor } from './services/enter-review.ts'
export { type Audience, type Following, followTopic } from './services/follow-topic.ts'
export { GetAsset, getAsset } from './services/get-asset.ts'
export * from './services/impressions.ts'
export * from './services/legacy-ids.ts'
export {
  LinkAssets,
  type LinkItem,
  ListLinkItems,
  listLinkItems,
  removeLinkAssets,
  setLinkAssets,
} from './services/link-items.ts'
export { ListChildren, listChildren } from './services/list-children.ts'
export { MoveAsset, moveAsset } from './services/move-asset.ts'
export * from './services/notifications.ts'
export { type OpenBlob, openBlob, originalOf } from './services/open-blob.ts'
export type { PreferencesRow, ProjectDetail } from './services/project-detail.ts'
export { ReadTree, readTree } from './services/project-tree.ts'
export {
  deleteProject,
  getProject,
  getProjectMembership,
  ListProjects,
  listProjects,
  listSharedProjects,
  UpdateProject,
  updateProject,
} from './services/projects.ts'
export { putPart } from './services/put-part.ts'
export { type LiveBody, type LiveRow, readLiveLog } from './services/read-live-log.ts'
export { recentNotifications } from './services/recent-notifications.ts'
export { getReviewLink, type LinkDetail, listReviewLinks } from './services/review-links.ts'
export {
  AddReviewers,
  addReviewers,
  RemoveReviewers,
  type Reviewer,
  removeReviewers,
} from './services/reviewers.ts'
export { SearchAssets, searchAssets } from './services/search-assets.ts'
export { deleteAsset, listTrash, restoreAsset } from './services/trash-asset.ts'
export { DeleteAssets, deleteAssets } from './services/trash-assets.ts'
export { LabelAsset, labelAsset, UpdateAsset, updateAsset } from './services/update-asset.ts'
export { AddVersion, addVersion, removeVersion } from './services/version-asset.ts'
export {
  CreateWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listAccountWebhooks,
  listTeamWebhooks,
  UpdateWebhook,
  updateWebhook,
  type WebhookDetail,
} from './services/webhooks.ts'
export {
  completeComment,
  createComment,
  createReply,
  deleteComment,
  UpdateComment,
  updateComment,
  WriteComment,
} from './services/write-comment.ts'
export {
  CreateReviewLink,
  createReviewLink,
  deleteReviewLink,
  updateReviewLink,
  WriteReviewLink,
} from './services/write-review-link.ts'
