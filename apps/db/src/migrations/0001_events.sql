-- The event log: append-only, written in the business transaction, read by lanes.

create table project_heads (
  project_id uuid primary key,
  seq bigint not null default 0 check (seq >= 0)
);
comment on table project_heads is 'One row a project, created with it; locked last in each writing transaction, so project_seq is gapless and commit order = seq order.';

create table events (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  account_id uuid,
  team_id uuid,
  project_id uuid,
  project_seq bigint,
  type text not null,
  version smallint not null default 1,
  actor jsonb not null,
  aggregate_type text not null,
  aggregate_id uuid not null,
  data jsonb not null,
  meta jsonb not null,
  occurred_at timestamptz not null default now(),
  primary key (occurred_at, id),
  check ((project_id is null) = (project_seq is null))
) partition by range (occurred_at);

create index events_horizon on events (xid, id);
create index events_project on events (project_id, project_seq);
create index events_aggregate on events (aggregate_id, id);

create table events_default partition of events default;
create unique index events_default_project_seq on events_default (project_id, project_seq);

create function events_ensure_partition(month date) returns void language plpgsql as $$
declare
  first date := date_trunc('month', month);
  part text := 'events_' || to_char(first, 'YYYYMM');
begin
  if to_regclass(part) is null then
    execute format('create table %I partition of events for values from (%L) to (%L)', part, first, first + interval '1 month');
    execute format('create unique index on %I (project_id, project_seq)', part);
  end if;
end $$;

select events_ensure_partition(now()::date), events_ensure_partition((now() + interval '1 month')::date);

create table lanes (
  name text primary key,
  cursor_xid xid8 not null default '0',
  cursor_id bigint not null default 0,
  lease_owner text,
  lease_epoch bigint not null default 0,
  lease_until timestamptz not null default '-infinity',
  paused boolean not null default false,
  updated_at timestamptz not null default now()
);

create table lane_positions (
  lane text not null references lanes (name) on delete cascade,
  project_id uuid not null,
  seq bigint not null,
  primary key (lane, project_id)
);
comment on table lane_positions is 'The last project_seq a lane has taken of each project: (xid, id) order may invert it, this may not.';

create table lane_backlog (
  lane text not null references lanes (name) on delete cascade,
  event_id bigint not null,
  event_at timestamptz not null,
  project_key uuid not null,
  state text not null check (state in ('retry', 'waiting', 'dead')),
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  error text,
  inserted_at timestamptz not null default now(),
  primary key (lane, event_id)
);
create index lane_backlog_due on lane_backlog (lane, next_at) where state = 'retry';
create index lane_backlog_project on lane_backlog (lane, project_key, event_id);
comment on table lane_backlog is 'A failed event parks its project in that lane: later events of the project wait behind it, everything else goes on.';

create table idempotency_keys (
  actor_key text not null,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status integer not null,
  body jsonb not null,
  inserted_at timestamptz not null default now(),
  primary key (actor_key, key)
);
create index idempotency_keys_age on idempotency_keys (inserted_at);

create table epochs (
  id boolean primary key default true check (id),
  epoch uuid not null default gen_random_uuid()
);
insert into epochs default values;
comment on table epochs is 'Changes after a restore: a socket that resumes with another epoch must refetch.';
