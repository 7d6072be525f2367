import type { LegacyIds } from '../call.ts'
import type { V2Preferences, V2Project } from '../v2/resources.ts'
import { decimal, epoch, flag, jsonText, type LegacyRecord, text } from '../wire/codec.ts'

/** V1's name of each switch and V2's. */
export const PREFERENCES = {
  collaborator_can_download: 'collaborator_can_download',
  collaborator_can_invite: 'collaborator_can_invite',
  collaborator_can_share: 'collaborator_can_share',
  email_for_new_comment: 'notify_on_new_comment',
  email_for_new_person: 'notify_on_new_collaborator',
  email_for_new_video: 'notify_on_new_asset',
  notify_on_updated_label: 'notify_on_updated_label',
} as const satisfies Record<string, keyof V2Preferences>

export function projectRecord(project: V2Project, legacy: LegacyIds): LegacyRecord {
  const { project_preferences: common, user_preferences: own } = project
  return {
    id: legacy(project.id),
    name: project.name,
    description: text(project.description),
    team_id: project.team_id,
    user_id: text(project.owner_id),
    root_folder_key: legacy(project.root_asset_id),
    size: decimal(project.storage),
    invite_url: text(project.invite_url),
    archived_at: epoch(project.archived_at),
    clear_from_usage: '0',
    ignore_archive: flag(project.ignore_archive),
    joinable: '0',
    private: flag(project.private),
    shared: flag(project.shared),
    view_downloadable: flag(common?.collaborator_can_download),
    view_only: flag(project.read_only),
    slack_notifications_pref: flag(common?.notify_slack),
    project_prefs: jsonText(common && switches(common)),
    user_prefs: jsonText(own?.user_id ? { [own.user_id]: switches(own) } : {}),
    created_at_integer: epoch(project.inserted_at),
    updated_at_integer: epoch(project.updated_at),
  }
}

function switches(preferences: V2Preferences) {
  return Object.fromEntries(Object.entries(PREFERENCES).map(([ours, theirs]) => [ours, preferences[theirs]]))
}
