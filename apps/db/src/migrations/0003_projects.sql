-- Projects: projects and who works on them, the asset tree, media, comments, sharing, integrations.

create table projects (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  team_id uuid not null references teams (id),
  owner_id uuid references users (id),
  root_asset_id uuid not null,
  name text not null check (length(name) between 1 and 255),
  description text,
  private boolean not null default false,
  read_only boolean not null default false,
  archive_status text not null default 'standard' check (archive_status in ('standard', 'archiving', 'unarchiving', 'archived')),
  archived_at timestamptz,
  ignore_archive boolean not null default false,
  invite_url text, watermark jsonb,
  file_count integer not null default 0 check (file_count >= 0),
  folder_count integer not null default 0 check (folder_count >= 0),
  storage bigint not null default 0 check (storage >= 0),
  collaborator_count integer not null default 0 check (collaborator_count >= 0),
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index projects_team on projects (team_id, name, id);
create index projects_account on projects (account_id);
comment on column projects.file_count is 'file_count, folder_count, storage and collaborator_count are kept by triggers over live rows; nobody else writes them.';

create function projects_create_head() returns trigger language plpgsql as $$
begin
  insert into project_heads (project_id) select id from inserted on conflict do nothing;
  return null;
end $$;
create trigger projects_create_head after insert on projects
  referencing new table as inserted for each statement execute function projects_create_head();

create table project_preferences (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id) on delete cascade,
  user_id uuid references users (id) on delete cascade,
  collaborator_can_download boolean not null default true,
  collaborator_can_invite boolean not null default true,
  collaborator_can_share boolean not null default false,
  devices_enabled boolean not null default false,
  notify_on_new_asset boolean not null default true,
  notify_on_new_collaborator boolean not null default true,
  notify_on_new_comment boolean not null default true,
  notify_on_new_mention boolean not null default true,
  notify_on_updated_label boolean not null default true,
  notify_slack boolean not null default false,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index project_preferences_one on project_preferences (project_id, user_id) nulls not distinct;
comment on table project_preferences is 'user_id null: the project''s own; else what that user chose for it.';

create table collaborators (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id),
  user_id uuid not null references users (id),
  creator_id uuid references users (id),
  message text,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (project_id, user_id)
);
create index collaborators_user on collaborators (user_id);

create table pending_collaborators (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id),
  email citext not null check (length(email) <= 254),
  creator_id uuid references users (id),
  message text,
  inserted_at timestamptz not null default now(),
  unique (project_id, email)
);

create table assets (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  team_id uuid not null references teams (id),
  project_id uuid not null references projects (id) deferrable initially deferred,
  parent_id uuid references assets (id),
  creator_id uuid references users (id),
  type text not null check (type in ('file', 'folder', 'version_stack')),
  name text not null check (length(name) between 1 and 1024),
  description text,
  properties jsonb,
  label text not null default 'none' check (label in ('none', 'needs_review', 'in_progress', 'approved')),
  private boolean not null default false,
  index double precision not null default 0,
  version_number integer,
  cover_asset_id uuid references assets (id),
  copied_from_id uuid,
  filesize bigint not null default 0 check (filesize >= 0),
  filetype text,
  status text not null default 'created' check (status in ('created', 'uploaded', 'transcoded', 'failed')),
  original_key text,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  xx_hash text check (xx_hash ~ '^[0-9a-f]{16}$'),
  item_count integer not null default 0 check (item_count >= 0),
  public_item_count integer not null default 0 check (public_item_count >= 0),
  comment_count integer not null default 0 check (comment_count >= 0),
  view_count integer not null default 0 check (view_count >= 0),
  archived_at timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  uploaded_at timestamptz,
  upload_completed_at timestamptz,
  upload_failed_at timestamptz,
  transcoded_at timestamptz,
  deleted_at timestamptz,
  deleted_with_id uuid,
  hard_deleted_at timestamptz,
  check (type <> 'file' or filetype is not null)
);
create index assets_children on assets (parent_id, index, inserted_at, id) where deleted_at is null;
create index assets_parent_all on assets (parent_id);
create index assets_project on assets (project_id, id);
create index assets_deleted on assets (project_id, deleted_at) where deleted_at is not null;
create index assets_deleted_with on assets (deleted_with_id) where deleted_with_id is not null;
create index assets_name on assets using gin (name gin_trgm_ops);
comment on column assets.deleted_with_id is 'The folder or stack whose deletion took this one along; restoring it brings back exactly these.';
comment on column assets.item_count is 'item_count, public_item_count (live children) and comment_count (live comments and replies) are kept by triggers.';
alter table projects add constraint projects_root_fk foreign key (root_asset_id) references assets (id) deferrable initially deferred;

create type asset_delta as (project_id uuid, parent_id uuid, type text, private boolean, bytes bigint, n integer);

create function assets_apply(deltas asset_delta[]) returns void language plpgsql as $$
begin
  update assets a set item_count = a.item_count + d.items, public_item_count = a.public_item_count + d.public_items
    from (select parent_id, sum(n) items, coalesce(sum(n) filter (where not private), 0) public_items
            from unnest(deltas) where parent_id is not null group by parent_id) d
   where a.id = d.parent_id and (d.items <> 0 or d.public_items <> 0);
  update projects p set file_count = p.file_count + d.files, folder_count = p.folder_count + d.folders, storage = p.storage + d.bytes
    from (select project_id, coalesce(sum(n) filter (where type = 'file'), 0) files,
                 coalesce(sum(n) filter (where type = 'folder' and parent_id is not null), 0) folders, sum(bytes * n) bytes
            from unnest(deltas) group by project_id) d
   where p.id = d.project_id and (d.files <> 0 or d.folders <> 0 or d.bytes <> 0);
end $$;

create function assets_counters() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform assets_apply(array(select row(project_id, parent_id, type, private, filesize, 1)::asset_delta from added where deleted_at is null));
  elsif tg_op = 'DELETE' then
    perform assets_apply(array(select row(project_id, parent_id, type, private, filesize, -1)::asset_delta from removed where deleted_at is null));
  else
    perform assets_apply(deltas) from (select array(
      with moved as (
        select r as b, a as c from removed r join added a using (id)
         where (r.project_id, r.parent_id, r.type, r.private, r.filesize, r.deleted_at is null)
           is distinct from (a.project_id, a.parent_id, a.type, a.private, a.filesize, a.deleted_at is null))
      select row((b).project_id, (b).parent_id, (b).type, (b).private, (b).filesize, -1)::asset_delta from moved where (b).deleted_at is null
      union all
      select row((c).project_id, (c).parent_id, (c).type, (c).private, (c).filesize, 1)::asset_delta from moved where (c).deleted_at is null) deltas) d
     where cardinality(deltas) > 0;
  end if;
  return null;
end $$;
-- The counters' own updates fire at depth 1 and change nothing that is counted.
create trigger assets_counters_insert after insert on assets referencing new table as added
  for each statement execute function assets_counters();
create trigger assets_counters_update after update on assets referencing old table as removed new table as added
  for each statement when (pg_trigger_depth() < 1) execute function assets_counters();
create trigger assets_counters_delete after delete on assets referencing old table as removed
  for each statement execute function assets_counters();

create function collaborators_counter() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update projects p set collaborator_count = p.collaborator_count + d.n
      from (select project_id, count(*)::int n from added group by 1) d where p.id = d.project_id;
  else
    update projects p set collaborator_count = p.collaborator_count - d.n
      from (select project_id, count(*)::int n from removed group by 1) d where p.id = d.project_id;
  end if;
  return null;
end $$;
create trigger collaborators_counter_insert after insert on collaborators referencing new table as added
  for each statement execute function collaborators_counter();
create trigger collaborators_counter_delete after delete on collaborators referencing old table as removed
  for each statement execute function collaborators_counter();

create table uploads (
  asset_id uuid primary key references assets (id),
  part_count integer not null check (part_count between 1 and 10000),
  filesize bigint not null,
  state text not null default 'open' check (state in ('open', 'complete', 'failed')),
  inserted_at timestamptz not null default now(),
  completed_at timestamptz
);
create index uploads_open on uploads (inserted_at) where state = 'open';

create table upload_parts (
  asset_id uuid not null references uploads (asset_id) on delete cascade,
  index integer not null check (index >= 0),
  size bigint not null check (size >= 0),
  etag text not null,
  location jsonb not null,
  received_at timestamptz not null default now(),
  primary key (asset_id, index)
);

create table asset_sources (
  asset_id uuid primary key references assets (id),
  url text not null,
  provider text, external_id text,
  inserted_at timestamptz not null default now()
);

create table asset_media (
  asset_id uuid primary key references assets (id),
  asset_type text check (asset_type in ('stream', 'image', 'document')),
  progress real check (progress between 0 and 1),
  failure_code text, failure_detail text,
  fps_num bigint, fps_den bigint check (fps_den > 0),
  frames integer, duration double precision,
  timecode text, drop_frame boolean not null default false, variable_frame_rate boolean not null default false,
  rotation integer not null default 0,
  width integer, height integer,
  is_hdr boolean not null default false, has_audio boolean not null default false,
  probe jsonb, sprite jsonb,
  updated_at timestamptz not null default now()
);

create table asset_renditions (
  asset_id uuid not null references assets (id),
  name text not null check (name ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]*$'),
  role text not null,
  field text,
  key text not null,
  content_type text not null,
  width integer, height integer, fps double precision,
  filesize bigint not null,
  inserted_at timestamptz not null default now(),
  primary key (asset_id, name)
);

create table anonymous_users (
  id uuid primary key default gen_random_uuid(),
  review_link_id uuid,
  token_hash bytea unique,
  name text not null check (length(name) between 1 and 255),
  email citext check (length(email) <= 254),
  user_default_color text not null default '#ffb340',
  expires_at timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table anonymous_users is 'A guest of one review link, known by a cookie whose hash stands here.';

create table review_links (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id),
  owner_id uuid references users (id),
  code text not null unique check (code ~ '^[0-9A-Za-z]{22,}$'),
  name text not null check (length(name) between 1 and 255),
  invite_only boolean not null default false,
  allow_approvals boolean not null default true,
  current_version_only boolean not null default false,
  enable_comments boolean not null default true,
  enable_downloading boolean not null default false,
  is_active boolean not null default true,
  is_autoplay boolean not null default false,
  notify_on_view boolean not null default true,
  password_hash text,
  password_changed_at timestamptz,
  expires_at timestamptz,
  watermark_user_input text,
  item_count integer not null default 0 check (item_count >= 0),
  view_count integer not null default 0,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index review_links_project on review_links (project_id, inserted_at, id);
alter table anonymous_users add constraint anonymous_users_link_fk foreign key (review_link_id) references review_links (id);
create index anonymous_users_link on anonymous_users (review_link_id);

create table review_link_items (
  id uuid primary key default gen_random_uuid(),
  review_link_id uuid not null references review_links (id),
  asset_id uuid not null references assets (id),
  index double precision not null default 0,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (review_link_id, asset_id)
);
create index review_link_items_asset on review_link_items (asset_id);

create function review_link_items_counter() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update review_links l set item_count = l.item_count + d.n
      from (select review_link_id, count(*)::int n from added group by 1) d where l.id = d.review_link_id;
  else
    update review_links l set item_count = l.item_count - d.n
      from (select review_link_id, count(*)::int n from removed group by 1) d where l.id = d.review_link_id;
  end if;
  return null;
end $$;
create trigger review_link_items_counter_insert after insert on review_link_items referencing new table as added
  for each statement execute function review_link_items_counter();
create trigger review_link_items_counter_delete after delete on review_link_items referencing old table as removed
  for each statement execute function review_link_items_counter();

create table reviewers (
  id uuid primary key default gen_random_uuid(),
  review_link_id uuid not null references review_links (id),
  user_id uuid not null references users (id),
  inserted_at timestamptz not null default now(),
  unique (review_link_id, user_id)
);
create index reviewers_user on reviewers (user_id);

create table pending_reviewers (
  id uuid primary key default gen_random_uuid(),
  review_link_id uuid not null references review_links (id),
  email citext not null check (length(email) <= 254),
  message text,
  inserted_at timestamptz not null default now(),
  unique (review_link_id, email)
);

create table comments (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id),
  asset_id uuid not null references assets (id),
  parent_id uuid references comments (id),
  owner_id uuid references users (id),
  anonymous_user_id uuid references anonymous_users (id),
  review_link_id uuid references review_links (id),
  text text not null check (length(text) between 1 and 20000),
  annotation text check (length(annotation) <= 1000000),
  timestamp double precision,
  duration double precision,
  page integer,
  pitch double precision, yaw double precision, fov double precision,
  private boolean not null default false,
  completed_at timestamptz,
  completer_id uuid references users (id),
  reply_count integer not null default 0 check (reply_count >= 0),
  like_count integer not null default 0 check (like_count >= 0),
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  check (num_nonnulls(owner_id, anonymous_user_id) <= 1)
);
create index comments_asset on comments (asset_id, inserted_at, id) where deleted_at is null;
create index comments_parent on comments (parent_id, inserted_at) where deleted_at is null;
create index comments_project on comments (project_id, inserted_at, id) where deleted_at is null;

create function comments_counters() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update assets a set comment_count = a.comment_count + d.n
      from (select asset_id, count(*)::int n from added where deleted_at is null group by 1) d where a.id = d.asset_id;
    update comments c set reply_count = c.reply_count + d.n
      from (select parent_id, count(*)::int n from added where deleted_at is null and parent_id is not null group by 1) d where c.id = d.parent_id;
  elsif tg_op = 'DELETE' then
    update assets a set comment_count = a.comment_count - d.n
      from (select asset_id, count(*)::int n from removed where deleted_at is null group by 1) d where a.id = d.asset_id;
    update comments c set reply_count = c.reply_count - d.n
      from (select parent_id, count(*)::int n from removed where deleted_at is null and parent_id is not null group by 1) d where c.id = d.parent_id;
  else
    update assets a set comment_count = a.comment_count + d.n
      from (select asset_id, sum(n) n from (
              select n.asset_id, 1 n from added n join removed o using (id) where n.deleted_at is null and o.deleted_at is not null
              union all
              select n.asset_id, -1 from added n join removed o using (id) where n.deleted_at is not null and o.deleted_at is null) x group by 1) d
     where a.id = d.asset_id and d.n <> 0;
    update comments c set reply_count = c.reply_count + d.n
      from (select parent_id, sum(n) n from (
              select n.parent_id, 1 n from added n join removed o using (id) where n.deleted_at is null and o.deleted_at is not null
              union all
              select n.parent_id, -1 from added n join removed o using (id) where n.deleted_at is not null and o.deleted_at is null) x
             where parent_id is not null group by 1) d
     where c.id = d.parent_id and d.n <> 0;
  end if;
  return null;
end $$;
create trigger comments_counters_insert after insert on comments referencing new table as added
  for each statement execute function comments_counters();
create trigger comments_counters_update after update on comments referencing old table as removed new table as added
  for each statement when (pg_trigger_depth() < 1) execute function comments_counters();
create trigger comments_counters_delete after delete on comments referencing old table as removed
  for each statement execute function comments_counters();

create table comment_impressions (
  id uuid primary key default gen_random_uuid(),
  comment_id uuid not null references comments (id) on delete cascade,
  asset_id uuid not null references assets (id),
  user_id uuid references users (id),
  anonymous_user_id uuid references anonymous_users (id),
  review_link_id uuid references review_links (id),
  type text not null check (type in ('like', 'read')),
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (num_nonnulls(user_id, anonymous_user_id) = 1)
);
create unique index comment_impressions_one on comment_impressions (comment_id, type, user_id, anonymous_user_id) nulls not distinct;

create function comment_likes_counter() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update comments c set like_count = c.like_count + d.n
      from (select comment_id, count(*)::int n from added where type = 'like' group by 1) d where c.id = d.comment_id;
  else
    update comments c set like_count = c.like_count - d.n
      from (select comment_id, count(*)::int n from removed where type = 'like' group by 1) d where c.id = d.comment_id;
  end if;
  return null;
end $$;
create trigger comment_likes_insert after insert on comment_impressions referencing new table as added
  for each statement execute function comment_likes_counter();
create trigger comment_likes_delete after delete on comment_impressions referencing old table as removed
  for each statement execute function comment_likes_counter();

create table presentations (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id),
  asset_id uuid not null unique references assets (id),
  owner_id uuid references users (id),
  code text not null unique,
  name text, title text, description text, vanity text unique,
  layout text not null default 'reel' check (layout in ('reel', 'blog')),
  format text, style text, color text, background_color text, text_color text,
  autoplay boolean not null default false, can_download boolean not null default false,
  include_ext boolean not null default false, include_upload_date boolean not null default false,
  enabled boolean not null default true, secure boolean not null default false, invite_only boolean not null default false,
  password_hash text, expires_at timestamptz,
  view_count integer not null default 0,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index presentations_project on presentations (project_id);

create table presentation_items (
  id uuid primary key default gen_random_uuid(),
  presentation_id uuid not null references presentations (id) on delete cascade,
  asset_id uuid not null references assets (id),
  index double precision not null default 0,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (presentation_id, asset_id)
);

create table webhooks (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  team_id uuid not null references teams (id),
  project_id uuid references projects (id),
  app_id uuid references oauth_clients (id),
  creator_id uuid references users (id),
  name text not null check (length(name) between 1 and 255),
  url text not null check (length(url) <= 2048),
  secret text not null,
  active boolean not null default true,
  failing_since timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index webhooks_team on webhooks (team_id) where deleted_at is null;
create index webhooks_account on webhooks (account_id);

create table webhook_events (
  webhook_id uuid not null references webhooks (id) on delete cascade,
  type text not null,
  primary key (webhook_id, type)
);

create table webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references webhooks (id) on delete cascade,
  event_id bigint not null,
  body text not null,
  state text not null default 'due' check (state in ('due', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  last_status integer, last_error text,
  inserted_at timestamptz not null default now(),
  delivered_at timestamptz,
  unique (webhook_id, event_id)
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'due';

create table actions (
  id uuid primary key default gen_random_uuid(),
  team_id uuid not null references teams (id),
  creator_id uuid references users (id),
  webhook_id uuid not null references webhooks (id),
  name text not null, description text not null, event text not null, url text not null,
  image text,
  active boolean not null default true, allow_collaborators boolean not null default false,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index actions_team on actions (team_id);

create table action_interactions (
  id uuid primary key default gen_random_uuid(),
  action_id uuid not null references actions (id),
  asset_id uuid not null references assets (id),
  user_id uuid references users (id),
  state text not null default 'started',
  form jsonb, last_error text,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table project_devices (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references projects (id),
  creator_id uuid references users (id),
  client_id text not null,
  name text not null,
  asset_type text not null default 'video' check (asset_type in ('video', 'audio')),
  status text not null default 'offline' check (status in ('online', 'offline', 'paused')),
  last_heartbeat_at timestamptz,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (project_id, client_id)
);

create table project_device_channels (
  id uuid primary key default gen_random_uuid(),
  device_id uuid not null references project_devices (id),
  position integer not null,
  name text not null,
  status text not null default 'offline' check (status in ('online', 'offline', 'paused')),
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (device_id, position)
);

create table device_authorizations (
  id uuid primary key default gen_random_uuid(),
  client_id text not null,
  device_code_hash bytea unique, user_code text,
  user_id uuid references users (id),
  project_id uuid references projects (id),
  scopes text[] not null,
  refresh_hash bytea unique,
  expires_at timestamptz not null,
  approved_at timestamptz, revoked_at timestamptz,
  inserted_at timestamptz not null default now()
);

create function asset_path(start uuid) returns table (id uuid, private boolean, deleted_at timestamptz) language sql stable rows 8 as $$
  with recursive path as (
    select a.id, a.parent_id, a.private, a.deleted_at from assets a where a.id = start
    union all
    select a.id, a.parent_id, a.private, a.deleted_at from assets a join path on a.id = path.parent_id
  ) select id, private, deleted_at from path
$$;
comment on function asset_path is 'The asset and its ancestors, itself first.';
