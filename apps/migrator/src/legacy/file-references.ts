import { field } from '@rushes/dynasaur'
import { keys, legacyTable, optionalWords, words } from './vocabulary.ts'

const count = () => field.integer({ min: 0n, max: 2n ** 31n - 1n })

export const fileReferences = legacyTable('file_references', {
  id: field.text(),
  name: words(),
  owner_key: optionalWords(),
  project_key: words(),
  master_key: optionalWords(),
  filetype: words().default('application/octet-stream'),
  filesize: field.integer({ min: 0n }).orDefault(0n),
  upload_state: field
    .oneOf('created', 'uploading', 'merged', 'processing', 'ready', 'failed')
    .orDefault('created'),
  label: optionalWords(),
  fps: field.decimal().orNull(),
  frames: count().orNull(),
  duration: field.float().orNull(),
  view_count: count().orDefault(0n),
  private: field.bool().orDefault(false),
  user_stars: field.json().orNull(),
  metadata: field.json().orNull(),
  comment_keys: keys(),
})
