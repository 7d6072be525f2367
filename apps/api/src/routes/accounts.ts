import { Accounts, Projects, pageInput } from '@rushes/core'
import { listRoute, type Route, route } from '@rushes/middleware'
import { z } from 'zod'
import { accountView } from '../views/account.ts'
import { auditView } from '../views/audit.ts'
import { projectView } from '../views/project.ts'
import { meView } from '../views/user.ts'
import { webhookView } from '../views/webhook.ts'

const paged = z.object(pageInput)
const nothing = z.object({})

export const accounts: Route[] = [
  route('GET /v2/me', { policy: Accounts.signedIn(null), input: nothing, run: Accounts.getMe, view: meView }),
  listRoute('GET /v2/accounts', {
    policy: Accounts.signedIn('account.read'),
    input: paged,
    run: Accounts.listAccounts,
    view: accountView,
  }),
  route('GET /v2/accounts/:account_id', {
    policy: Accounts.readAccount,
    id: 'account_id',
    input: nothing,
    run: Accounts.getAccount,
    view: accountView,
  }),
  route('GET /v2/accounts/:account_id/membership', {
    policy: Accounts.readAccount,
    id: 'account_id',
    input: nothing,
    run: Accounts.getAccountMembership,
    view: (membership) => membership,
  }),
  listRoute('GET /v2/accounts/:account_id/audit_logs', {
    policy: Accounts.readAudits,
    id: 'account_id',
    input: Projects.ListAudits,
    run: Projects.listAudits,
    view: auditView,
  }),
  listRoute('GET /v2/accounts/:account_id/hooks', {
    policy: Accounts.readAccountHooks,
    id: 'account_id',
    input: paged,
    run: Projects.listAccountWebhooks,
    view: webhookView,
  }),
  listRoute('GET /v2/projects/shared', {
    policy: Accounts.signedIn('project.read'),
    input: Projects.ListProjects,
    run: Projects.listSharedProjects,
    view: projectView,
  }),
]
