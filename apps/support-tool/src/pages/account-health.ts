import type { Accounts } from '@rushes/core'
import { count, moment } from '../html/format.ts'
import { type Html, html } from '../html/html.ts'
import { badge, section, table } from '../html/table.ts'

export function failedSection(files: Accounts.FailedFile[]): Html {
  const columns = [
    { title: 'File', cell: (row: Accounts.FailedFile) => row.name },
    { title: 'Project', cell: (row: Accounts.FailedFile) => row.project },
    {
      title: 'Reason',
      cell: (row: Accounts.FailedFile) => row.failure_detail ?? row.failure_code ?? 'upload not finished',
    },
    { title: 'When', cell: (row: Accounts.FailedFile) => moment(row.updated_at) },
    {
      title: '',
      cell: (row: Accounts.FailedFile) => html`<code title="${row.id}">${row.id.slice(0, 8)}</code>`,
    },
  ]
  return section('failed', 'Failed files', 'latest 20', table(files, columns, 'Every file was processed.'))
}

export function hookSection(hooks: Accounts.HookState[]): Html {
  const columns = [
    { title: 'Webhook', cell: (row: Accounts.HookState) => row.name },
    { title: 'Goes to', cell: (row: Accounts.HookState) => row.origin },
    { title: 'State', cell: hookState },
    { title: 'Delivered', figure: true, cell: (row: Accounts.HookState) => count(row.delivered) },
    { title: 'Due', figure: true, cell: (row: Accounts.HookState) => count(row.due) },
    { title: 'Failed', figure: true, cell: (row: Accounts.HookState) => count(row.failed) },
    {
      title: 'Last answer',
      cell: (row: Accounts.HookState) => [row.last_status, row.last_error && ` ${row.last_error}`],
    },
  ]
  return section('webhooks', 'Webhooks', count(hooks.length), table(hooks, columns, 'No webhook.'))
}

function hookState(row: Accounts.HookState): Html {
  if (!row.active) return badge('off')
  return row.failing_since
    ? html`${badge('failing', 'bad')} since ${moment(row.failing_since)}`
    : badge('on', 'good')
}

export function stuckSection(events: Accounts.StuckEvent[]): Html {
  const columns = [
    { title: 'Lane', cell: (row: Accounts.StuckEvent) => row.lane },
    { title: 'Event', cell: (row: Accounts.StuckEvent) => row.type },
    {
      title: 'State',
      cell: (row: Accounts.StuckEvent) => badge(row.state, row.state === 'dead' ? 'bad' : 'warn'),
    },
    { title: 'Tries', figure: true, cell: (row: Accounts.StuckEvent) => count(row.attempts) },
    { title: 'Error', cell: (row: Accounts.StuckEvent) => row.error },
    { title: 'Happened', cell: (row: Accounts.StuckEvent) => moment(row.occurred_at) },
  ]
  return section(
    'stuck',
    'Stuck events',
    'dead, retried or waiting',
    table(events, columns, 'None: every lane has heard everything of this account.'),
  )
}

export function auditSection(audits: Accounts.AuditLine[]): Html {
  const columns = [
    { title: 'When', cell: (row: Accounts.AuditLine) => moment(row.occurred_at) },
    { title: 'Action', cell: (row: Accounts.AuditLine) => row.action },
    {
      title: 'By',
      cell: (row: Accounts.AuditLine) => [
        row.actor ?? row.actor_kind,
        row.actor_kind === 'staff' && [' ', badge('staff', 'warn')],
        row.actor_kind === 'guest' && [' ', badge('guest')],
      ],
    },
    {
      title: 'On',
      cell: (row: Accounts.AuditLine) =>
        html`${row.item_type.replaceAll('_', ' ')} <code title="${row.item_id}">${row.item_id.slice(0, 8)}</code>`,
    },
    {
      title: 'From',
      cell: (row: Accounts.AuditLine) => [row.source, row.ip_address && ` ${row.ip_address}`],
    },
    { title: 'Reason', cell: (row: Accounts.AuditLine) => row.reason },
  ]
  return section('audits', 'Audit log', 'latest 50', table(audits, columns, 'Nothing yet.'))
}
