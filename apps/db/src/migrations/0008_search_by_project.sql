-- Search reads what it may show and no more: the indexes start with the project.

create extension if not exists btree_gin;

-- A migration is one transaction, so indexes can't be built concurrently; the lock lasts seconds a million assets.
-- squawk-ignore require-concurrent-index-creation
create index if not exists assets_project_words on assets using gin (project_id, asset_words(name, description));
-- squawk-ignore require-concurrent-index-creation
create index if not exists assets_project_name on assets using gin (project_id, name gin_trgm_ops);
-- squawk-ignore require-concurrent-index-deletion
drop index if exists assets_words;
-- squawk-ignore require-concurrent-index-deletion
drop index if exists assets_name;
