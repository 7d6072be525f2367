import type { Accounts } from '@rushes/core'
import { count } from '../html/format.ts'
import { type Html, html } from '../html/html.ts'
import { layout, type Visitor } from '../html/layout.ts'
import { badge, section, table } from '../html/table.ts'

/** The start: find an account by anybody's e-mail. `found` null: nobody has asked yet. */
export function searchPage(visitor: Visitor, email: string, found: Accounts.FoundAccount[] | null): Html {
  return layout(
    found === null ? 'Find an account' : email,
    visitor,
    html`<form class="search" method="get" action="/accounts" role="search">
<h1><label for="email">Find an account</label></h1>
<div><input id="email" name="email" type="email" required minlength="3" maxlength="254" autocomplete="off" placeholder="E-mail of its owner, a member, a collaborator or somebody invited" value="${email}" autofocus><button>Find</button></div>
</form>
${found !== null && results(email, found)}`,
  )
}

function results(email: string, found: Accounts.FoundAccount[]): Html {
  const columns = [
    {
      title: 'Account',
      cell: (row: Accounts.FoundAccount) => html`<a href="/accounts/${row.id}">${row.display_name}</a>`,
    },
    { title: 'Stands to it as', cell: (row: Accounts.FoundAccount) => row.standing },
    { title: 'Person', cell: (row: Accounts.FoundAccount) => row.person_name ?? 'not known yet' },
    { title: 'Owner', cell: (row: Accounts.FoundAccount) => row.owner_email },
    { title: 'Projects', figure: true, cell: (row: Accounts.FoundAccount) => count(row.project_count) },
    {
      title: 'State',
      cell: (row: Accounts.FoundAccount) =>
        row.deleted_at ? badge('deleted', 'bad') : badge('live', 'good'),
    },
  ]
  return section(
    'found',
    count(found.length, 'account'),
    email,
    table(found, columns, `Nobody with the e-mail ${email} is in any account.`),
  )
}
