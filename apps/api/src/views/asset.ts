import type { Projects } from '@rushes/core'
import type { ViewContext } from '@rushes/middleware'
import { mediaView } from './media.ts'
import { permissionsView } from './permissions.ts'
import { projectColumns } from './project.ts'
import { userView } from './user.ts'

/** V2's Asset (section 1.6): the fields of every type, and the media fields of files (and of a stack's cover). */
export function assetView(detail: Projects.AssetDetail, view: ViewContext): object {
  const { asset, creator, cover, project, children, upload_paths } = detail
  return {
    ...columns(asset),
    creator: creator && userView(creator),
    ...(project && { project: projectColumns(project) }),
    ...(asset.type === 'version_stack' && cover
      ? { cover_asset: assetView(cover, view), ...stackFacts(cover) }
      : {}),
    ...(asset.type === 'file' && mediaView(detail, view)),
    ...(children && { children: children.map((child) => assetView(child, view)) }),
    ...(upload_paths && { upload_urls: upload_paths.map((path) => view.base + path) }),
  }
}

function columns(asset: Projects.AssetDetail['asset']) {
  const folder = asset.type === 'folder'
  return {
    _type: asset.type,
    type: asset.type,
    id: asset.id,
    name: asset.name,
    parent_id: asset.parent_id,
    parent_asset_id: asset.parent_id,
    project_id: asset.project_id,
    team_id: asset.team_id,
    account_id: asset.account_id,
    creator_id: asset.creator_id,
    description: asset.description,
    properties: asset.properties,
    label: asset.label,
    private: asset.private,
    index: asset.index,
    item_count: asset.item_count,
    public_item_count: asset.public_item_count,
    comment_count: asset.comment_count,
    view_count: asset.view_count,
    versions: asset.type === 'version_stack' ? asset.item_count : 0,
    version: asset.version_number,
    cover_asset_id: asset.cover_asset_id,
    filesize: asset.filesize,
    frames: 0,
    is_session_watermarked: false,
    original: null,
    checksums: null,
    filetype: asset.filetype,
    shared: false,
    copy: asset.copied_from_id !== null,
    includes: null,
    archive_status: null,
    archived_at: asset.archived_at,
    archive_from: asset.inserted_at,
    archive_scheduled_at: null,
    resource_id: null,
    bundle: false,
    bundle_view: null,
    is_bundle_child: false,
    user_permissions: permissionsView(asset),
    inserted_at: asset.inserted_at,
    updated_at: asset.updated_at,
    // A client of V2 can't do with null here, except on the root.
    uploaded_at: folder && asset.parent_id ? (asset.uploaded_at ?? asset.inserted_at) : asset.uploaded_at,
    upload_completed_at: asset.upload_completed_at,
    deleted_at: asset.deleted_at,
    hard_deleted_at: asset.hard_deleted_at,
  }
}

/** What a stack shows of its newest version on its own level, where lists look for it. */
function stackFacts({ media }: Projects.AssetDetail) {
  return {
    asset_type: media?.asset_type ?? null,
    fps: media?.fps_num && media.fps_den ? media.fps_num / media.fps_den : null,
    duration: media?.duration ?? null,
    frames: media?.frames ?? 0,
  }
}
