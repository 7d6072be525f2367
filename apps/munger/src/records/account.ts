import type { V2Account } from '../v2/resources.ts'
import { decimal, epoch, integer, jsonText, type LegacyRecord, text } from '../wire/codec.ts'

const COUNTS = [
  'member_count',
  'user_count',
  'collaborator_count',
  'team_count',
  'project_count',
  'folder_count',
  'file_count',
  'lifetime_file_count',
] as const

/** An account. Clients hold `plan_data` against `usage_data` to see whether it is over its limits. */
export function accountRecord(account: V2Account): LegacyRecord {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, account[name]]))
  return {
    id: account.id,
    owner_id: account.owner_id,
    owner_key: account.owner_id,
    ...Object.fromEntries(COUNTS.map((name) => [name, integer(account[name])])),
    storage: decimal(account.storage),
    archived_storage: decimal(account.archived_storage),
    duration: integer(account.duration),
    company_name: text(account.company_name ?? account.display_name),
    company_address: text(account.company_address),
    city: text(account.city),
    state: text(account.state),
    postal_code: text(account.postal_code),
    vat: text(account.vat),
    image: text(account.image),
    invoice_emails: jsonText(account.invoice_emails),
    plan: jsonText(wireless(account.plan), 'null'),
    subscription: jsonText(wireless(account.subscription), 'null'),
    plan_data: jsonText(wireless(account.plan)),
    usage_data: jsonText({ ...counts, storage: account.storage }),
    locked_at: epoch(account.locked_at),
    delinquent_at: epoch(account.delinquent_at),
    unpaid_at: epoch(account.unpaid_at),
    deleted_at: epoch(account.deleted_at),
    created_at_integer: epoch(account.inserted_at),
    updated_at_integer: epoch(account.updated_at),
  }
}

/** Without V2's `_type`, which no legacy record has. */
function wireless({ _type: _, ...fields }: { _type?: unknown }): object {
  return fields
}
