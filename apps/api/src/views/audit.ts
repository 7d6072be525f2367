import type { Projects } from '@rushes/core'
import { userView } from './user.ts'

/** V2's legacy Audit (section 1.14). */
export function auditView({ audit, actor }: Projects.AuditDetail) {
  return {
    _type: 'audit',
    id: String(audit.id),
    account_id: audit.account_id,
    team_id: audit.team_id,
    project_id: audit.project_id,
    action: audit.action,
    actor_id: audit.actor_id,
    actor: actor && userView(actor),
    item_id: audit.item_id,
    item_type: audit.item_type,
    resource: audit.details,
    application_id: null,
    ip_address: audit.ip_address,
    request_id: audit.request_id,
    inserted_at: audit.occurred_at,
    updated_at: audit.occurred_at,
  }
}
