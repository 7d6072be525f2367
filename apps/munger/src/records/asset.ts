import type { LegacyIds } from '../call.ts'
import type { V2Asset } from '../v2/resources.ts'
import {
  decimal,
  epoch,
  flag,
  integer,
  jsonText,
  type LegacyRecord,
  NULL,
  text,
  word,
} from '../wire/codec.ts'

/** What folders, files and stacks have in common. */
function common(asset: V2Asset, legacy: LegacyIds): LegacyRecord {
  return {
    id: legacy(asset.id),
    name: asset.name,
    owner_key: legacy(asset.parent_id),
    project_key: legacy(asset.project_id),
    private: flag(asset.private),
    shared: flag(asset.shared),
    index: decimal(asset.index),
    created_at_integer: epoch(asset.inserted_at),
    updated_at_integer: epoch(asset.updated_at),
  }
}

export function folderRecord(asset: V2Asset, legacy: LegacyIds): LegacyRecord {
  return {
    ...common(asset, legacy),
    item_count: integer(asset.item_count),
    cover_asset_id: legacy(asset.cover_asset_id),
  }
}

/** A file. Its URLs authorise themselves, and end. */
export function fileRecord(asset: V2Asset, legacy: LegacyIds): LegacyRecord {
  return {
    ...common(asset, legacy),
    description: text(asset.description),
    master_key: text(asset.creator_id),
    master_class: 'User',
    filetype: text(asset.filetype),
    filesize: decimal(asset.filesize),
    detail: size(asset.filesize),
    metadata: jsonText(asset.metadata?.blob),
    is_multipart: word(true),
    user_stars: '{}',
    can_download: flag(asset.user_permissions.can_download),
    password: NULL,
    label: asset.label,
    version_of_key: legacy(asset.parent_id === null || !asset.version ? null : asset.parent_id),
    upload_state: uploadState(asset),
    fps: decimal(asset.fps),
    frames: integer(asset.frames),
    duration: decimal(asset.duration),
    is_360: flag(asset.is_360),
    original: text(asset.original),
    hls_manifest: text(asset.hls_manifest),
    transcodes: jsonText(transcodes(asset)),
    thumbs: jsonText(asset.thumb ? [asset.thumb] : []),
    scrub_sheet: jsonText(asset.scrub_sheet && { url: asset.scrub_sheet, layout: asset.rushes?.sprite }),
    view_count: integer(asset.view_count),
  }
}

/** A stack as it stands in a list. */
export function stackRecord(asset: V2Asset, legacy: LegacyIds): LegacyRecord {
  return { ...common(asset, legacy), cover_file_reference_key: legacy(asset.cover_asset_id) }
}

function uploadState(asset: V2Asset): string {
  if (asset.status === 'failed') return 'failed'
  if (asset.transcoded_at !== null) return 'ready'
  return asset.upload_completed_at === null ? 'created' : 'processing'
}

function transcodes(asset: V2Asset) {
  return Object.fromEntries(
    Object.entries(asset.transcode_statuses ?? {}).map(([name, { width, height, codec }]) => [
      name,
      { status: 'success', url: asset[name] ?? null, width, height, codec },
    ]),
  )
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** A size for people: `10 MB`. */
export function size(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${Math.round(bytes / 1024 ** power)} ${UNITS[power]}`
}
