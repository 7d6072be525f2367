import { field } from '@rushes/dynasaur'
import { keys, legacyTable, optionalWords, words } from './vocabulary.ts'

export const versionStacks = legacyTable('version_stacks', {
  id: field.text(),
  name: words(),
  owner_key: optionalWords(),
  project_key: words(),
  // Oldest version first.
  file_reference_keys: keys(),
  cover_file_reference_key: optionalWords(),
})
