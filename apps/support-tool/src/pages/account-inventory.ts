import type { Accounts } from '@rushes/core'
import { bytes, count, moment } from '../html/format.ts'
import { type Html, html } from '../html/html.ts'
import { badge, section, table } from '../html/table.ts'

export function peopleSection(people: Accounts.PersonLine[]): Html {
  const columns = [
    { title: 'Name', cell: (row: Accounts.PersonLine) => row.name },
    { title: 'E-mail', cell: (row: Accounts.PersonLine) => row.email },
    { title: 'Standing', cell: (row: Accounts.PersonLine) => row.standing },
    { title: 'Teams', cell: (row: Accounts.PersonLine) => row.teams },
    { title: 'Sessions', figure: true, cell: (row: Accounts.PersonLine) => count(row.sessions) },
    { title: 'Last seen', cell: (row: Accounts.PersonLine) => moment(row.last_seen) },
    { title: '', cell: (row: Accounts.PersonLine) => row.deleted_at && badge('deleted', 'bad') },
  ]
  return section('people', 'People', count(people.length), table(people, columns, 'Nobody.'))
}

export function teamSection(teams: Accounts.TeamLine[]): Html {
  const columns = [
    { title: 'Team', cell: (row: Accounts.TeamLine) => row.name },
    { title: 'Members', figure: true, cell: (row: Accounts.TeamLine) => count(row.member_count) },
    { title: 'Projects', figure: true, cell: (row: Accounts.TeamLine) => count(row.project_count) },
    { title: 'Files', figure: true, cell: (row: Accounts.TeamLine) => count(row.file_count) },
    { title: 'Storage', figure: true, cell: (row: Accounts.TeamLine) => bytes(row.storage) },
    { title: '', cell: (row: Accounts.TeamLine) => row.deleted_at && badge('deleted', 'bad') },
  ]
  return section('teams', 'Teams', count(teams.length), table(teams, columns, 'No team.'))
}

export function projectSection(projects: Accounts.ProjectLine[], live: number): Html {
  const columns = [
    { title: 'Project', cell: (row: Accounts.ProjectLine) => row.name },
    { title: 'Team', cell: (row: Accounts.ProjectLine) => row.team },
    { title: 'Files', figure: true, cell: (row: Accounts.ProjectLine) => count(row.file_count) },
    { title: 'Folders', figure: true, cell: (row: Accounts.ProjectLine) => count(row.folder_count) },
    {
      title: 'Collaborators',
      figure: true,
      cell: (row: Accounts.ProjectLine) => count(row.collaborator_count),
    },
    { title: 'Storage', figure: true, cell: (row: Accounts.ProjectLine) => bytes(row.storage) },
    { title: 'Changed', cell: (row: Accounts.ProjectLine) => moment(row.updated_at) },
    {
      title: '',
      cell: (row: Accounts.ProjectLine) => [
        row.private && badge('private'),
        row.deleted_at && badge('deleted', 'bad'),
        html`<code title="${row.id}">${row.id.slice(0, 8)}</code>`,
      ],
    },
  ]
  return section('projects', 'Projects', `${count(live)} live`, table(projects, columns, 'No project.'))
}
