import { columns, migration, pgTable } from '@rushes/dynasaur'
import { users } from '../legacy/users.ts'
import { publication, type Settlement } from '../publish/publication.ts'
import { stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.users',
  {
    id: columns.uuid(),
    email: columns.text(),
    name: columns.text(),
    bio: columns.text().nullable(),
    location: columns.text().nullable(),
    profile_image: columns.text().nullable(),
    timezone: columns.text().nullable(),
    account_id: columns.uuid().nullable(),
    email_confirmed: columns.bool(),
    has_logged_in: columns.bool(),
    last_seen: columns.timestamptz().nullable(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const userTeams = pgTable(
  'legacy.user_teams',
  { user_id: columns.uuid(), team_id: columns.uuid() },
  { key: ['user_id', 'team_id'], ownedBy: 'user_id' },
)

export const usersMigration = migration({
  source: users,
  into: { staged, userTeams },
  translate: (user, to, { note }) => {
    const fullName = [user.first_name, user.last_name].filter((part) => part !== null).join(' ')
    to.staged({
      id: user.id,
      email: user.email.trim().toLowerCase(),
      name: user.name ?? (fullName || user.email),
      bio: user.bio,
      location: user.location,
      profile_image: user.profile_image,
      timezone: user.timezone,
      account_id: user.account_key,
      email_confirmed: !['0', 'false', null].includes(user.email_confirmed_data),
      has_logged_in: user.has_logged_in,
      last_seen: user.last_seen_integer,
      ...stagedStampsOf(user),
    })
    const teams = uuids(user.team_keys, (key) => note('key.syntax', 'team_keys', key))
    for (const team_id of teams) to.userTeams({ user_id: user.id, team_id })
  },
})

const settle = [
  `create temp table settled_users on commit drop as
   with ranked as (
     select u.*,
            row_number() over (partition by email order by last_seen desc nulls last, inserted_at, id) > 1
              or exists (select from users n where n.email = u.email::citext and not exists (select from legacy.users l where l.id = n.id)) as taken
       from legacy.users u)
   select r.id, case when taken then overlay(email placing '+dup-' || left(id::text, 8) || '@' from position('@' in email) for 1) else email end as email,
          email as legacy_email, left(name, 255) as name, length(name) > 255 as cut, bio, location, profile_image, coalesce(timezone, 'Etc/UTC') as timezone_value,
          account_id, taken, last_seen, case when has_logged_in then coalesce(last_seen, inserted_at) end as first_login_at,
          case when email_confirmed then coalesce(inserted_at, now()) end as email_confirmed_at, ${stampsSql('r')}
     from ranked r`,
  `insert into quality select 'email.taken', 'user', id::text, 'email', legacy_email || ' became ' || email from settled_users where taken`,
  `insert into quality select 'text.cut', 'user', id::text, 'name', name from settled_users where cut`,
]

const publications = [
  publication({
    table: 'users',
    key: ['id'],
    columns: [
      'id',
      'account_id',
      'email',
      'name',
      'bio',
      'location',
      'profile_image',
      'timezone_value',
      'joined_via',
      'first_login_at',
      'last_seen',
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, account_id, email, name, bio, location, profile_image, timezone_value, 'legacy', first_login_at,
                    last_seen, inserted_at, updated_at, deleted_at from settled_users`,
    yields: true,
  }),
]

export const usersSettlement: Settlement = { settle, publications }
