import { Accounts, Projects } from '@rushes/core'
import { listRoute, type Route } from '@rushes/middleware'
import { auditEventView } from '../views/audit-event.ts'

export const auditEvents: Route[] = [
  listRoute('GET /v2/accounts/:account_id/events', {
    policy: Accounts.readAudits,
    id: 'account_id',
    input: Projects.ListAuditEvents,
    run: Projects.listAccountEvents,
    view: auditEventView,
  }),
  listRoute('GET /v2/users/:user_id/events', {
    policy: Projects.readUserEvents,
    id: 'user_id',
    input: Projects.ListAuditEvents,
    run: Projects.listUserEvents,
    view: auditEventView,
  }),
]
