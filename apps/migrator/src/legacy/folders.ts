import { field } from '@rushes/dynasaur'
import { keys, legacyTable, optionalWords, words } from './vocabulary.ts'

export const folders = legacyTable('folders', {
  id: field.text(),
  name: words(),
  owner_key: optionalWords(),
  project_key: words(),
  folder_keys: keys(),
  file_reference_keys: keys(),
  version_stack_keys: keys(),
  item_count: field.integer({ min: 0n, max: 2n ** 31n - 1n }).orNull(),
  private: field.bool().orDefault(true),
})
