import { field } from '@rushes/dynasaur'
import { flag, keys, legacyTable, moment, optionalWords, words } from './vocabulary.ts'

const on = () => field.bool().orDefault(true)
const off = () => field.bool().orDefault(false)

export const projects = legacyTable('projects', {
  id: field.text(),
  name: words(),
  description: optionalWords(),
  team_id: field.uuid().orNull(),
  user_id: field.uuid().orNull(),
  root_folder_key: optionalWords(),
  collaborator_keys: keys(),
  // Never widen access by accident: an unreadable flag means private.
  private: field.bool().orDefault(true),
  archived_at: moment(),
  ignore_archive: flag(),
  invite_url: optionalWords(),
  slack_notifications_pref: flag(),
  project_prefs: field
    .object({
      collaborator_can_download: on(),
      collaborator_can_invite: on(),
      collaborator_can_share: off(),
      email_for_new_comment: on(),
      email_for_new_person: on(),
      email_for_new_video: on(),
      notify_on_updated_label: on(),
    })
    .orNull(),
})
