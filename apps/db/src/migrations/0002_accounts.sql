-- Accounts: people, their sessions and tokens, accounts, teams and who belongs to them.

create extension if not exists citext;
create extension if not exists pg_trgm;

create table users (
  id uuid primary key default gen_random_uuid(),
  account_id uuid,
  email citext not null unique check (length(email) <= 254),
  name text not null check (length(name) <= 255),
  password_hash text,
  bio text, location text, phone text, context text,
  profile_image text,
  user_default_color text not null default '#40ff9f' check (user_default_color ~ '^#[0-9a-f]{6}$'),
  timezone_value text not null default 'Etc/UTC',
  digest_frequency text not null default '*/15 * * * *',
  joined_via text not null default 'organic',
  staff_role text check (staff_role in ('admin', 'sales', 'support')),
  first_login_at timestamptz, last_seen timestamptz, next_digest_date timestamptz,
  email_confirmed_at timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index users_account on users (account_id);

create table accounts (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references users (id),
  display_name text not null check (length(display_name) between 1 and 255),
  company_name text, company_address text, line1 text, city text, state text, postal_code text, country text, vat text,
  billing_emails text, invoice_emails text[] not null default '{}',
  image text, account_default_color text not null default '#5b53ff',
  plan text not null default 'enterprise',
  storage_limit bigint check (storage_limit >= 0),
  watermark jsonb,
  locked_at timestamptz, unpaid_at timestamptz, delinquent_at timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index accounts_owner on accounts (owner_id);
alter table users add constraint users_account_fk foreign key (account_id) references accounts (id) deferrable initially deferred;

create table account_members (
  account_id uuid not null references accounts (id),
  user_id uuid not null references users (id),
  role text not null check (role in ('admin', 'billing_manager', 'account_manager', 'member')),
  accepted_at timestamptz, declined_at timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (account_id, user_id)
);
create index account_members_user on account_members (user_id);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  user_id uuid not null references users (id) on delete cascade,
  user_agent text, ip inet,
  inserted_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_until timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_user on sessions (user_id);

create table oauth_clients (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references users (id),
  name text not null,
  secret_hash bytea,
  redirect_uris text[] not null,
  inserted_at timestamptz not null default now(),
  deleted_at timestamptz
);

create table oauth_grants (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references oauth_clients (id),
  user_id uuid not null references users (id),
  scopes text[] not null,
  code_hash bytea unique, code_challenge text, redirect_uri text, code_expires_at timestamptz, code_used_at timestamptz,
  refresh_hash bytea unique, refresh_expires_at timestamptz,
  inserted_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index oauth_grants_user on oauth_grants (user_id);

create table api_tokens (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  kind text not null check (kind in ('developer', 'oauth', 'device')),
  user_id uuid not null references users (id) on delete cascade,
  grant_id uuid references oauth_grants (id) on delete cascade,
  description text not null check (length(description) <= 255),
  scopes text[] not null,
  last_used_at timestamptz, expires_at timestamptz,
  inserted_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index api_tokens_user on api_tokens (user_id);

create table sign_in_attempts (
  key text not null,
  at timestamptz not null default now()
);
create index sign_in_attempts_key on sign_in_attempts (key, at);
comment on table sign_in_attempts is 'Failures only; limits live in Postgres so that they hold when the cache is down.';

create table teams (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  creator_id uuid references users (id),
  name text not null check (length(name) between 1 and 255),
  access text not null default 'private' check (access in ('public', 'private', 'restricted')),
  bio text, location text, link text,
  color text, background_color text, font_color text,
  dark_theme boolean not null default true, solo boolean not null default false,
  team_image text, slack_webhook jsonb, email_branding jsonb, watermark jsonb,
  disable_sbwm_internally boolean not null default false,
  admin_only_lifecycle boolean not null default false,
  asset_lifecycle_policy integer, member_limit integer, storage_limit bigint,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index teams_account on teams (account_id);

create table team_members (
  id uuid primary key default gen_random_uuid(),
  team_id uuid not null references teams (id),
  user_id uuid not null references users (id),
  role text not null check (role in ('member', 'team_manager')),
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (team_id, user_id)
);
create index team_members_user on team_members (user_id);

create table pending_team_members (
  id uuid primary key default gen_random_uuid(),
  team_id uuid not null references teams (id),
  email citext not null check (length(email) <= 254),
  role text not null check (role in ('member', 'team_manager')),
  inserted_at timestamptz not null default now(),
  unique (team_id, email)
);

create table session_watermark_templates (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  team_id uuid references teams (id),
  creator_id uuid references users (id),
  name text not null,
  app_default boolean not null default false,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);

create table session_watermark_blocks (
  id uuid primary key default gen_random_uuid(),
  template_id uuid not null references session_watermark_templates (id) on delete cascade,
  position integer not null,
  settings jsonb not null,
  unique (template_id, position)
);
