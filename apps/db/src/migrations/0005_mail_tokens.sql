-- How people get in: single-use tokens that travel by mail.

create table mail_tokens (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('invite', 'reset')),
  email citext not null check (length(email) <= 254),
  user_id uuid references users (id) on delete cascade,
  inviter_id uuid references users (id) on delete set null,
  place_id uuid,
  inserted_at timestamptz not null default now(),
  sent_at timestamptz,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (purpose = 'invite' or user_id is not null)
);
create index mail_tokens_email on mail_tokens (email, purpose, inserted_at);
create index mail_tokens_user on mail_tokens (user_id) where user_id is not null;
create index mail_tokens_expires on mail_tokens (expires_at);
comment on table mail_tokens is 'The mail server has the only copy of a token. place_id: the project or team that the mail names; accepting takes up all that wait for the e-mail.';
comment on column mail_tokens.used_at is 'Also set when a newer token or a changed password ends this one.';
