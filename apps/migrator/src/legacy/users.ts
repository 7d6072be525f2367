import { field } from '@rushes/dynasaur'
import { flag, keys, legacyTable, moment, optionalWords, words } from './vocabulary.ts'

export const users = legacyTable('users', {
  id: field.uuid(),
  email: words(),
  name: optionalWords(),
  first_name: optionalWords(),
  last_name: optionalWords(),
  bio: optionalWords(),
  location: optionalWords(),
  profile_image: optionalWords(),
  timezone: optionalWords(),
  account_key: field.uuid().orNull(),
  team_keys: keys(),
  has_logged_in: flag(),
  // The attribute is misspelt at the source: a time, or just a flag.
  email_confirmed_data: optionalWords(),
  last_seen_integer: moment(),
})
