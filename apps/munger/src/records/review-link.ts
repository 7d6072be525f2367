import type { LegacyIds } from '../call.ts'
import type { V2ReviewLink } from '../v2/resources.ts'
import { epoch, flag, integer, type LegacyRecord, NULL, stamp, text } from '../wire/codec.ts'

/** A review link. Its password is stored hashed and never told. */
export function reviewLinkRecord(link: V2ReviewLink, legacy: LegacyIds): LegacyRecord {
  return {
    id: link.id,
    name: text(link.name),
    url: link.short_url,
    project_key: legacy(link.project_id),
    creator_key: text(link.owner_id),
    owner_id: text(link.owner_id),
    item_count: integer(link.item_count),
    views_count: integer(link.view_count),
    is_active: flag(link.is_active),
    has_password: flag(link.has_password),
    password: NULL,
    allow_approvals: flag(link.allow_approvals),
    enable_downloading: flag(link.enable_downloading),
    current_version_only: flag(link.current_version_only),
    notify_on_view: flag(link.notify_on_view),
    expires_at: epoch(link.expires_at),
    created_at: stamp(link.inserted_at),
    updated_at: stamp(link.updated_at),
    created_at_integer: epoch(link.inserted_at),
    updated_at_integer: epoch(link.updated_at),
  }
}
