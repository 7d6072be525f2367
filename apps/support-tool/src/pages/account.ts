import type { Accounts } from '@rushes/core'
import { bytes, count, day } from '../html/format.ts'
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
${contents(overview)}
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
    ['Since', day(account.inserted_at), null],
  ]
  return entries.map(
    ([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}</dd><dd class="more">${more}</dd></div>`,
  )
}

/** Where to jump to; what is wrong stands out. */
function contents({
  people,
  teams,
  projects,
  failed_files,
  webhooks,
  stuck_events,
}: Accounts.AccountOverview): Html {
  const failing = webhooks.filter((hook) => hook.active && hook.failing_since !== null)
  const entries: [string, string, number, boolean][] = [
    ['people', 'People', people.length, false],
    ['teams', 'Teams', teams.length, false],
    ['projects', 'Projects', projects.length, false],
    ['failed', 'Failed files', failed_files.length, failed_files.length > 0],
    ['webhooks', 'Webhooks', webhooks.length, failing.length > 0],
    ['stuck', 'Stuck events', stuck_events.length, stuck_events.length > 0],
  ]
  return html`<nav class="contents" aria-label="On this page">${entries.map(
    ([id, title, size, wrong]) =>
      html`<a href="#${id}">${title} ${badge(count(size), wrong ? 'bad' : 'plain')}</a>`,
  )}<a href="#audits">Audit log</a></nav>`
}
