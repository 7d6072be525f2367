-- What the lanes write.

create table audits (
  id bigint generated always as identity primary key,
  event_id bigint not null unique,
  account_id uuid, team_id uuid, project_id uuid,
  action text not null,
  actor jsonb not null,
  actor_id uuid,
  item_type text not null,
  item_id uuid not null,
  details jsonb not null,
  source text not null,
  ip_address inet,
  request_id text,
  occurred_at timestamptz not null
);
create index audits_account on audits (account_id, occurred_at desc, id desc);
create index audits_item on audits (item_id, id);

create table analytics_rows (
  event_id bigint not null,
  name text not null,
  account_id uuid, project_id uuid, asset_id uuid, review_link_id uuid,
  actor_key text not null,
  props jsonb not null,
  occurred_at timestamptz not null,
  primary key (event_id, name)
);
create index analytics_rows_asset on analytics_rows (asset_id, name, occurred_at);

create table usage_counters (
  account_id uuid not null,
  project_id uuid not null default '00000000-0000-0000-0000-000000000000',
  metric text not null,
  value bigint not null default 0,
  updated_at timestamptz not null default now(),
  primary key (account_id, project_id, metric)
);
comment on table usage_counters is 'project_id zero: what belongs to the account itself.';

create table notifications (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id),
  event_id bigint not null,
  type text not null,
  reason text not null check (reason in ('mention', 'reply', 'owner', 'watcher', 'invited')),
  project_id uuid, asset_id uuid, comment_id uuid,
  actor jsonb not null,
  text text not null,
  read_at timestamptz,
  mailed_at timestamptz,
  inserted_at timestamptz not null default now(),
  unique (user_id, event_id)
);
create index notifications_inbox on notifications (user_id, inserted_at desc, id);
create index notifications_unmailed on notifications (user_id, project_id, inserted_at) where mailed_at is null and read_at is null;

create table notification_preferences (
  user_id uuid not null references users (id) on delete cascade,
  project_id uuid not null default '00000000-0000-0000-0000-000000000000',
  mail text not null default 'digest' check (mail in ('instant', 'digest', 'hourly', 'daily', 'off')),
  quiet_from time, quiet_until time,
  primary key (user_id, project_id)
);

create table push_subscriptions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  channel text not null check (channel in ('apns', 'fcm', 'web')),
  endpoint text not null,
  keys jsonb not null default '{}',
  inserted_at timestamptz not null default now(),
  unique (channel, endpoint)
);

create table mail_suppressions (
  email citext primary key,
  reason text not null,
  inserted_at timestamptz not null default now()
);

create table legacy_ids (
  kind text not null,
  legacy_id text not null,
  id uuid not null,
  primary key (kind, legacy_id)
);
create index legacy_ids_id on legacy_ids (id);
