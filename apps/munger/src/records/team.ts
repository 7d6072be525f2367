import type { V2Team } from '../v2/resources.ts'
import { decimal, epoch, integer, jsonText, type LegacyRecord, NULL, stamp, text } from '../wire/codec.ts'

export function teamRecord(team: V2Team): LegacyRecord {
  return {
    id: team.id,
    name: team.name,
    account_id: team.account_id,
    creator_key: text(team.creator_id),
    bio: text(team.bio),
    allocation_data: NULL,
    email_branding: jsonText(team.email_branding),
    slack_webhook: jsonText(team.slack_webhook),
    watermark: jsonText(team.watermark),
    upload_url: NULL,
    max_collaborators: NULL,
    member_limit: integer(team.member_limit),
    max_storage: decimal(team.storage_limit),
    total_filesize: decimal(team.storage),
    created_at: stamp(team.inserted_at),
    created_at_integer: epoch(team.inserted_at),
    updated_at_integer: epoch(team.updated_at),
  }
}
