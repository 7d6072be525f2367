import { Projects } from '@rushes/core'

/** V2's AuditEvent (section 1.14); its id is a number. */
export function auditEventView(audit: Projects.AuditRow) {
  const actor = audit.actor as { kind?: string } | null
  return {
    _type: 'audit_event',
    id: audit.id,
    event_type: Projects.eventTypeOf(audit.action),
    event_details: audit.details,
    resource_type: audit.item_type,
    resource_id: audit.item_id,
    source: audit.source,
    client: null,
    account_id: audit.account_id,
    team_id: audit.team_id,
    project_id: audit.project_id,
    user_id: actor?.kind === 'user' ? audit.actor_id : null,
    anonymous_user_id: actor?.kind === 'guest' ? audit.actor_id : null,
    ip_address: audit.ip_address,
    inserted_at: audit.occurred_at,
    updated_at: audit.occurred_at,
  }
}
