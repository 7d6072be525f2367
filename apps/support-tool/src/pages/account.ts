import type { Accounts } from '@rushes/core'
import { bytes, count, moment } from '../html/format.ts'
import { type Content, type Html, html } from '../html/html.ts'
import { layout, type Visitor } from '../html/layout.ts'
import { badge } from '../html/table.ts'
import { auditSection, failedSection, hookSection, stuckSection } from './account-health.ts'
import { peopleSection, projectSection, teamSection } from './account-inventory.ts'

/** One account on one page. */
export function accountPage(visitor: Visitor, overview: Accounts.AccountOverview): Html {
  const { account, people, teams, projects, failed_files, webhooks, stuck_events, audits } = overview
  return layout(
    account.display_name,
    visitor,
    html`<div class="title"><h1>${account.display_name}</h1>${states(account)}<code>${account.id}</code></div>
<dl class="facts">${facts(overview)}</dl>
${peopleSection(people)}
${teamSection(teams)}
${projectSection(projects, account.project_count)}
${failedSection(failed_files)}
${hookSection(webhooks)}
${stuckSection(stuck_events)}
${auditSection(audits)}`,
  )
}

type Account = Accounts.AccountOverview['account']

function states(account: Account): Html[] {
  const since = { locked: account.locked_at, unpaid: account.unpaid_at, delinquent: account.delinquent_at }
  const trouble = Object.entries(since).flatMap(([name, at]) => (at ? [badge(name, 'warn')] : []))
  if (account.deleted_at) return [badge('deleted', 'bad'), ...trouble]
  return trouble.length > 0 ? trouble : [badge('live', 'good')]
}

function facts({ account, people, teams }: Accounts.AccountOverview): Html[] {
  const limit = account.storage_limit === null ? 'no limit' : `of ${bytes(account.storage_limit)}`
  const entries: [string, Content, Content][] = [
    ['Owner', account.owner?.name ?? 'nobody', account.owner?.email],
    ['Storage', bytes(account.storage), limit],
    ['Files', count(account.file_count), count(account.project_count, 'project')],
    ['People', count(people.length), count(teams.length, 'team')],
    ['Plan', account.plan, account.company_name],
    ['Since', moment(account.inserted_at), null],
  ]
  return entries.map(
    ([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}</dd><dd class="more">${more}</dd></div>`,
  )
}
