-- Search over assets: words of names and descriptions (the trigram index on names finds parts of words and typing errors).

create function asset_words(name text, description text) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('simple', regexp_replace(name, '[^[:alnum:]]+', ' ', 'g') || ' ' || coalesce(description, ''));
comment on function asset_words is 'File names are taken apart at every sign: "cut_v2.mp4" has the words cut, v2 and mp4.';

-- A migration is one transaction, so the index can't be built concurrently; the lock lasts seconds a million assets.
-- squawk-ignore require-concurrent-index-creation
create index if not exists assets_words on assets using gin (asset_words(name, description));

comment on column assets.original_key is 'The object with the bytes: for a copy, that of its source. An object may be removed only when no row names it, here or in asset_renditions.key.';
