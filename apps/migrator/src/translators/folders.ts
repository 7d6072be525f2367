import { columns, migration, pgTable } from '@rushes/dynasaur'
import { v2Id } from '../ids.ts'
import { folders } from '../legacy/folders.ts'
import type { Settlement } from '../publish/publication.ts'
import { foreignKey, stagedStamps, stagedStampsOf, stampsSql } from './staging.ts'

const staged = pgTable(
  'legacy.folders',
  {
    id: columns.uuid(),
    legacy_id: columns.text(),
    parent_id: columns.uuid().nullable(),
    project_id: columns.uuid(),
    name: columns.text(),
    item_count: columns.int4().nullable(),
    private: columns.bool(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const children = pgTable(
  'legacy.folder_children',
  {
    folder_id: columns.uuid(),
    child_id: columns.uuid(),
    legacy_id: columns.text(),
    kind: columns.text(),
    position: columns.int4(),
  },
  { key: ['folder_id', 'child_id'], ownedBy: 'folder_id' },
)

export const foldersMigration = migration({
  source: folders,
  into: { staged, children },
  translate: (folder, to) => {
    const id = v2Id('folder', folder.id)
    const parent = foreignKey(folder.owner_key)
    to.staged({
      id,
      legacy_id: folder.id,
      parent_id: parent === null ? null : v2Id('folder', parent),
      project_id: v2Id('project', folder.project_key.trim()),
      name: folder.name,
      item_count: folder.item_count === null ? null : Number(folder.item_count),
      private: folder.private,
      ...stagedStampsOf(folder),
    })
    const listed = [
      ...folder.folder_keys.map((key) => ({ kind: 'folder', key }) as const),
      ...folder.version_stack_keys.map((key) => ({ kind: 'version_stack', key }) as const),
      ...folder.file_reference_keys.map((key) => ({ kind: 'file_reference', key }) as const),
    ]
    for (const [position, { kind, key }] of listed.entries()) {
      to.children({ folder_id: id, child_id: v2Id(kind, key.trim()), legacy_id: key, kind, position })
    }
  },
})

const settle = [
  // Folders that reach themselves; of each such ring the one changed last goes to the root.
  `create temp table ring_breaks on commit drop as
   with recursive walk (start, at, path) as (
     select id, parent_id, array[id] from legacy.folders where parent_id is not null
     union all
     select w.start, f.parent_id, w.path || f.id from walk w join legacy.folders f on f.id = w.at where w.at <> all (w.path)),
   ring as (select start as id, (select min(member::text) from unnest(path) member) as ring from walk where at = start)
   select distinct on (ring) ring.id from ring join legacy.folders f using (id) order by ring, f.updated_at desc nulls last, f.id`,
  `create temp table settled_assets on commit drop as
   select p.root_asset_id as id, f.legacy_id, 'folder' as kind, p.account_id, p.team_id, p.id as project_id, null::uuid as parent_id,
          null::uuid as listed_by, p.owner_id as creator_id, 'folder' as type, 'root' as name, false as private, 0::double precision as index, f.item_count as claimed,
          null::bigint as filesize, null::text as filetype, 'created' as status, 'none' as label, 0 as view_count,
          p.inserted_at, greatest(p.updated_at, f.updated_at) as updated_at, p.deleted_at, null::int as version_number, null::uuid as cover_asset_id
     from settled_projects p left join legacy.folders f on f.id = p.root_asset_id
   union all
   select f.id, f.legacy_id, 'folder', p.account_id, p.team_id, p.id,
          case when b.id is null and parent.project_id = p.id then parent.id else p.root_asset_id end, f.parent_id,
          p.owner_id, 'folder', left(coalesce(nullif(f.name, ''), 'Untitled'), 1024), f.private, 0, f.item_count,
          null, null, 'created', 'none', 0, s.inserted_at, s.updated_at, s.deleted_at, null, null
     from legacy.folders f join settled_projects p on p.id = f.project_id
     cross join lateral (select ${stampsSql('f')}) s
     left join legacy.folders parent on parent.id = f.parent_id left join ring_breaks b on b.id = f.id
    where f.id <> p.root_asset_id`,
  'create unique index on settled_assets (id)',
  `insert into quality select 'folder.parked', 'folder', legacy_id, 'project_key', project_id::text from legacy.folders f
    where not exists (select from settled_assets a where a.id = f.id)`,
  `insert into quality select 'folder.ring', 'folder', f.legacy_id, 'owner_key', f.parent_id::text from ring_breaks join legacy.folders f using (id)`,
  `insert into quality select 'folder.parent_missing', 'folder', legacy_id, 'owner_key', coalesce(listed_by::text, 'none') from settled_assets a
    where parent_id is distinct from listed_by and parent_id is not null and not exists (select from ring_breaks b where b.id = a.id)`,
]

export const foldersSettlement: Settlement = { settle, publications: [] }
