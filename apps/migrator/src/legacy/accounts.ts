import { field } from '@rushes/dynasaur'
import { keys, legacyTable, moment, optionalWords } from './vocabulary.ts'

export const accounts = legacyTable('accounts', {
  id: field.uuid(),
  owner_key: field.uuid().orNull().alias('owner_id'),
  user_keys: keys(),
  company_name: optionalWords(),
  company_address: optionalWords(),
  city: optionalWords(),
  state: optionalWords(),
  postal_code: optionalWords(),
  vat: optionalWords(),
  image: optionalWords(),
  invoice_emails: keys(),
  plan: field.object({ name: optionalWords(), storage_limit: field.integer({ min: 0n }).orNull() }).orNull(),
  locked_at: moment(),
  delinquent_at: moment(),
  unpaid_at: moment(),
})
