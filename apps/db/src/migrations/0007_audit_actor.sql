-- What one person did, latest first.

-- A migration is one transaction, so the index can't be built concurrently; the audits lane waits for it, and catches up.
-- squawk-ignore require-concurrent-index-creation
create index if not exists audits_actor on audits (actor_id, occurred_at desc, id desc) where actor_id is not null;
