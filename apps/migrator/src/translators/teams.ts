import { columns, migration, pgTable } from '@rushes/dynasaur'
import { teams } from '../legacy/teams.ts'
import { publication, type Settlement } from '../publish/publication.ts'
import { stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.teams',
  {
    id: columns.uuid(),
    name: columns.text(),
    account_id: columns.uuid().nullable(),
    creator_id: columns.uuid().nullable(),
    bio: columns.text().nullable(),
    member_limit: columns.int4().nullable(),
    storage_limit: columns.int8().nullable(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const teamUsers = pgTable(
  'legacy.team_users',
  { team_id: columns.uuid(), user_id: columns.uuid(), manager: columns.bool() },
  { key: ['team_id', 'user_id'], ownedBy: 'team_id' },
)

export const teamsMigration = migration({
  source: teams,
  into: { staged, teamUsers },
  translate: (team, to, { note }) => {
    to.staged({
      id: team.id,
      name: team.name,
      account_id: team.account_id,
      creator_id: team.creator_key,
      bio: team.bio,
      member_limit: team.member_limit === null ? null : Number(team.member_limit),
      storage_limit: team.max_storage,
      ...stagedStampsOf(team),
    })
    const managers = new Set(uuids(team.manager_keys, (key) => note('key.syntax', 'manager_keys', key)))
    const members = uuids(team.member_keys, (key) => note('key.syntax', 'member_keys', key))
    for (const user_id of new Set([...managers, ...members])) {
      to.teamUsers({ team_id: team.id, user_id, manager: managers.has(user_id) })
    }
  },
})

const settle = [
  `create temp table settled_teams on commit drop as
   select t.id, t.account_id, c.id as creator_id, left(coalesce(nullif(t.name, ''), 'Untitled'), 255) as name, t.bio, t.member_limit, t.storage_limit, ${stampsSql('t')}
     from legacy.teams t join settled_accounts a on a.id = t.account_id left join settled_users c on c.id = t.creator_id`,
  `insert into quality select 'team.parked', 'team', t.id::text, 'account_id', coalesce(t.account_id::text, 'none')
     from legacy.teams t where not exists (select from settled_teams s where s.id = t.id)`,
  // Both lists say who is in a team; where they disagree either is believed, as long as both ends exist.
  `create temp table settled_team_members on commit drop as
   select t.id as team_id, u.id as user_id, case when l.manager then 'team_manager' else 'member' end as role,
          l.team_id is null as only_user, k.team_id is null as only_team, t.updated_at
     from legacy.team_users l full join legacy.user_teams k on k.team_id = l.team_id and k.user_id = l.user_id
     join settled_teams t on t.id = coalesce(l.team_id, k.team_id) join settled_users u on u.id = coalesce(l.user_id, k.user_id)`,
  `insert into quality select 'membership.one_sided', 'team', team_id::text, case when only_user then 'member_keys' else 'team_keys of user' end, user_id::text
     from settled_team_members where only_user or only_team`,
  `insert into quality select 'membership.dangling', 'team', team_id::text, 'member_keys', user_id::text from legacy.team_users l
    where exists (select from settled_teams t where t.id = l.team_id) and not exists (select from settled_users u where u.id = l.user_id)`,
  `insert into quality select 'membership.dangling', 'user', user_id::text, 'team_keys', team_id::text from legacy.user_teams l
    where not exists (select from legacy.teams t where t.id = l.team_id)`,
]

const publications = [
  publication({
    table: 'teams',
    key: ['id'],
    columns: [
      'id',
      'account_id',
      'creator_id',
      'name',
      'bio',
      'member_limit',
      'storage_limit',
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, account_id, creator_id, name, bio, member_limit, storage_limit, inserted_at, updated_at, deleted_at from settled_teams`,
    yields: true,
  }),
  publication({
    table: 'team_members',
    key: ['team_id', 'user_id'],
    columns: ['team_id', 'user_id', 'role', 'updated_at'],
    select: 'select team_id, user_id, role, updated_at from settled_team_members',
    yields: true,
  }),
]

export const teamsSettlement: Settlement = { settle, publications }
