import type { Accounts, Log } from '@rushes/core'
import { count, moment, seconds } from '../html/format.ts'
import { type Content, type Html, html } from '../html/html.ts'
import { layout, type Visitor } from '../html/layout.ts'
import { badge, section, table } from '../html/table.ts'

/** Lanes with their lag, what they gave up on, and webhook deliveries, of all tenants together. */
export function systemPage(visitor: Visitor, overview: Accounts.SystemOverview): Html {
  const { lanes, horizon_seconds, dead_letters, deliveries } = overview
  const facts: [string, Content, Content][] = [
    ['Oldest open write', seconds(horizon_seconds), 'no lane reads past it'],
    [
      'Dead letters',
      count(dead_letters.filter((letter) => letter.state === 'dead').length),
      'and retried ones below',
    ],
    [
      'Deliveries due',
      count(deliveries.due),
      deliveries.oldest_due && html`oldest ${moment(deliveries.oldest_due)}`,
    ],
    ['Deliveries failed', count(deliveries.failed), `${count(deliveries.delivered)} delivered`],
  ]
  return layout(
    'System',
    visitor,
    html`<div class="title"><h1>System</h1></div>
<dl class="facts">${facts.map(([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}</dd><dd class="more">${more}</dd></div>`)}</dl>
${section('lanes', 'Lanes', count(lanes.length), table(lanes, laneColumns, 'No lane has run yet.'))}
${section('dead', 'Dead letters', 'latest 100', table(dead_letters, letterColumns, 'None.'))}`,
  )
}

const LATE_SECONDS = 60

const laneColumns = [
  { title: 'Lane', cell: (row: Log.LaneState) => row.name },
  { title: 'State', cell: laneState },
  { title: 'Behind', figure: true, cell: (row: Log.LaneState) => count(row.lag_events, 'event') },
  { title: 'Lag', figure: true, cell: (row: Log.LaneState) => seconds(row.lag_seconds) },
  { title: 'Retrying', figure: true, cell: (row: Log.LaneState) => count(row.retrying) },
  { title: 'Waiting', figure: true, cell: (row: Log.LaneState) => count(row.waiting) },
  { title: 'Dead', figure: true, cell: (row: Log.LaneState) => count(row.dead) },
  { title: 'Owner', cell: (row: Log.LaneState) => row.owner && html`<code>${row.owner}</code>` },
]

function laneState(lane: Log.LaneState): Html {
  if (lane.paused) return badge('paused', 'warn')
  if (lane.owner === null) return badge('nobody runs it', 'bad')
  return lane.lag_seconds > LATE_SECONDS ? badge('late', 'warn') : badge('running', 'good')
}

const letterColumns = [
  { title: 'Lane', cell: (row: Accounts.DeadLetter) => row.lane },
  {
    title: 'State',
    cell: (row: Accounts.DeadLetter) => badge(row.state, row.state === 'dead' ? 'bad' : 'warn'),
  },
  { title: 'Event', cell: (row: Accounts.DeadLetter) => row.type },
  { title: 'Tries', figure: true, cell: (row: Accounts.DeadLetter) => count(row.attempts) },
  { title: 'Error', cell: (row: Accounts.DeadLetter) => row.error },
  {
    title: 'Account',
    cell: (row: Accounts.DeadLetter) =>
      row.account_id && html`<a href="/accounts/${row.account_id}">${row.account ?? row.account_id}</a>`,
  },
  { title: 'Happened', cell: (row: Accounts.DeadLetter) => moment(row.occurred_at) },
]
