import type { ClientBase } from 'pg'

/**
 * The ledger lives in the target, so that rows and checkpoint commit together.
 * `chunk.cursor` is the last LastEvaluatedKey whose rows are in; `epoch` fences whoever held the chunk before.
 */
const LEDGER = `
create schema if not exists _mig;
create table if not exists _mig.run (
  id bigint generated always as identity primary key,
  tbl text not null,
  plan_hash text not null,
  mode text not null check (mode in ('copy', 'upsert')),
  segments integer not null,
  state text not null default 'running' check (state in ('running', 'done')),
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index if not exists run_tbl on _mig.run (tbl, id);
create table if not exists _mig.chunk (
  run bigint not null references _mig.run (id) on delete cascade,
  id integer not null,
  cursor jsonb,
  state text not null default 'todo' check (state in ('todo', 'running', 'done')),
  epoch integer not null default 0,
  lease_owner text,
  lease_until timestamptz,
  attempts integer not null default 0,
  items bigint not null default 0,
  rows bigint not null default 0,
  changed bigint not null default 0,
  dead bigint not null default 0,
  bytes bigint not null default 0,
  primary key (run, id)
);
create table if not exists _mig.deadletter (
  run bigint not null references _mig.run (id) on delete cascade,
  key text not null,
  tbl text not null,
  chunk integer not null,
  code text not null,
  path text not null,
  detail text not null,
  raw text not null,
  at timestamptz not null default now(),
  primary key (run, key)
);
create table if not exists _mig.finding (
  run bigint not null references _mig.run (id) on delete cascade,
  chunk integer not null,
  code text not null,
  path text not null,
  n bigint not null,
  samples text[] not null,
  primary key (run, chunk, code, path)
);`

/** Creates what is missing of schema `_mig`; call inside a transaction that holds the ledger's lock. */
export async function ensureLedger(client: ClientBase): Promise<void> {
  await client.query(LEDGER)
}
