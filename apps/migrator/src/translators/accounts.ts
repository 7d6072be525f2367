import { columns, migration, pgTable } from '@rushes/dynasaur'
import { accounts } from '../legacy/accounts.ts'
import { publication, type Settlement } from '../publish/publication.ts'
import { stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.accounts',
  {
    id: columns.uuid(),
    owner_id: columns.uuid().nullable(),
    company_name: columns.text().nullable(),
    company_address: columns.text().nullable(),
    city: columns.text().nullable(),
    state: columns.text().nullable(),
    postal_code: columns.text().nullable(),
    vat: columns.text().nullable(),
    image: columns.text().nullable(),
    invoice_emails: columns.textArray(),
    plan: columns.text().nullable(),
    storage_limit: columns.int8().nullable(),
    locked_at: columns.timestamptz().nullable(),
    delinquent_at: columns.timestamptz().nullable(),
    unpaid_at: columns.timestamptz().nullable(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const accountUsers = pgTable(
  'legacy.account_users',
  { account_id: columns.uuid(), user_id: columns.uuid() },
  { key: ['account_id', 'user_id'], ownedBy: 'account_id' },
)

export const accountsMigration = migration({
  source: accounts,
  into: { staged, accountUsers },
  translate: (account, to, { note }) => {
    const { id, company_name, company_address, city, state, postal_code, vat, image, plan } = account
    const { locked_at, delinquent_at, unpaid_at } = account
    to.staged({
      ...{ id, company_name, company_address, city, state, postal_code, vat, image },
      ...{ locked_at, delinquent_at, unpaid_at },
      owner_id: account.owner_key,
      invoice_emails: account.invoice_emails,
      plan: plan?.name ?? null,
      storage_limit: plan?.storage_limit ?? null,
      ...stagedStampsOf(account),
    })
    const users = uuids(account.user_keys, (key) => note('key.syntax', 'user_keys', key))
    for (const user_id of users) to.accountUsers({ account_id: id, user_id })
  },
})

const settle = [
  `create temp table settled_accounts on commit drop as
   select a.id, coalesce(o.id, eldest.id) as owner_id, a.owner_id as legacy_owner_id,
          left(coalesce(a.company_name, o.name, eldest.name), 255) as display_name, a.company_name, a.company_address, a.city, a.state,
          a.postal_code, a.vat, a.image, a.invoice_emails, coalesce(a.plan, 'legacy') as plan, a.storage_limit,
          a.locked_at, a.delinquent_at, a.unpaid_at, ${stampsSql('a')}
     from legacy.accounts a
     left join settled_users o on o.id = a.owner_id
     left join lateral (select id, name from settled_users u where u.account_id = a.id order by u.inserted_at, u.id limit 1) eldest on true`,
  `insert into quality select 'account.owner_replaced', 'account', id::text, 'owner_key', coalesce(legacy_owner_id::text, 'none') || ' became ' || owner_id
     from settled_accounts where owner_id is distinct from legacy_owner_id and owner_id is not null`,
  `insert into quality select 'account.parked', 'account', id::text, 'owner_key', 'nobody belongs to it' from settled_accounts where owner_id is null`,
  'delete from settled_accounts where owner_id is null',
  `insert into quality select 'user.account_missing', 'user', id::text, 'account_key', account_id::text from settled_users u
    where account_id is not null and not exists (select from settled_accounts a where a.id = u.account_id)`,
  `update settled_users u set account_id = null where not exists (select from settled_accounts a where a.id = u.account_id)`,
  `create temp table settled_account_members on commit drop as
   select a.id as account_id, u.id as user_id, case when u.id = a.owner_id then 'admin' else 'member' end as role, u.inserted_at as accepted_at, a.updated_at
     from settled_accounts a join settled_users u on u.account_id = a.id or u.id = a.owner_id
       or exists (select from legacy.account_users l where l.account_id = a.id and l.user_id = u.id)`,
]

const publications = [
  publication({
    table: 'accounts',
    key: ['id'],
    columns: [
      'id',
      'owner_id',
      'display_name',
      'company_name',
      'company_address',
      'city',
      'state',
      'postal_code',
      'vat',
      'image',
      'invoice_emails',
      'plan',
      'storage_limit',
      'locked_at',
      'delinquent_at',
      'unpaid_at',
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, owner_id, display_name, company_name, company_address, city, state, postal_code, vat, image, invoice_emails,
                    plan, storage_limit, locked_at, delinquent_at, unpaid_at, inserted_at, updated_at, deleted_at from settled_accounts`,
    yields: true,
  }),
  publication({
    table: 'account_members',
    key: ['account_id', 'user_id'],
    columns: ['account_id', 'user_id', 'role', 'accepted_at', 'updated_at'],
    select: 'select account_id, user_id, role, accepted_at, updated_at from settled_account_members',
    yields: true,
  }),
]

export const accountsSettlement: Settlement = { settle, publications }
