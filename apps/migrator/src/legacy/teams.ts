import { field } from '@rushes/dynasaur'
import { keys, legacyTable, optionalWords, words } from './vocabulary.ts'

export const teams = legacyTable('teams', {
  id: field.uuid(),
  name: words(),
  account_id: field.uuid().orNull(),
  creator_key: field.uuid().orNull(),
  bio: optionalWords(),
  member_keys: keys(),
  manager_keys: keys(),
  member_limit: field.integer({ min: 0n, max: 2n ** 31n - 1n }).orNull(),
  max_storage: field.integer({ min: 0n }).orNull(),
})
