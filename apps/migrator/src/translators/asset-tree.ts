import { publication, type Settlement } from '../publish/publication.ts'

/**
 * Folders, stacks and files as one tree. The child's own key was written together with the child; the parent's list was read,
 * changed and written back by several at once: the key says where a child is, the list only in which order.
 */
const settle = [
  `create temp table listed on commit drop as
   select 'folder' as parent_kind, f.legacy_id as parent_legacy_id, c.folder_id as parent_id, c.child_id, c.kind, c.legacy_id, c.position
     from legacy.folder_children c join legacy.folders f on f.id = c.folder_id
   union all
   select 'version_stack', s.legacy_id, v.stack_id, v.file_id, 'file_reference', v.legacy_id, v.position
     from legacy.stack_versions v join legacy.version_stacks s on s.id = v.stack_id`,
  'create index on listed (parent_id, child_id)',
  'analyze settled_assets',
  `insert into quality select 'list.dangling', parent_kind, parent_legacy_id, kind, legacy_id from listed l
    where not exists (select from settled_assets a where a.id = l.child_id)`,
  `insert into quality select 'list.elsewhere', l.parent_kind, l.parent_legacy_id, l.kind, l.legacy_id from listed l
     join settled_assets a on a.id = l.child_id where a.parent_id is distinct from l.parent_id`,
  `insert into quality select 'list.lost', kind, legacy_id, 'owner_key', parent_id::text from settled_assets a
    where parent_id is not null and listed_by = parent_id and not exists (select from listed l where l.parent_id = a.parent_id and l.child_id = a.id)`,
  `update settled_assets a set index = o.place, version_number = case when o.in_stack then o.place end from (
     select a.id, p.type = 'version_stack' as in_stack, row_number() over (partition by a.parent_id order by l.position nulls last, a.inserted_at, a.id) as place
       from settled_assets a join settled_assets p on p.id = a.parent_id left join listed l on l.parent_id = a.parent_id and l.child_id = a.id) o
    where o.id = a.id`,
  `update settled_assets s set cover_asset_id = (
     select v.id from settled_assets v where v.parent_id = s.id and v.deleted_at is null order by v.version_number desc limit 1)
    where s.type = 'version_stack'`,
  `insert into quality select 'counter.wrong', 'folder', legacy_id, 'item_count', claimed || ' claimed, ' || n || ' there' from (
     select a.legacy_id, a.claimed, (select count(*) from settled_assets c where c.parent_id = a.id and c.deleted_at is null) as n
       from settled_assets a where a.type = 'folder' and a.claimed is not null) counted where claimed <> n`,
]

const publications = [
  publication({
    table: 'assets',
    key: ['id'],
    columns: [
      'id',
      'account_id',
      'team_id',
      'project_id',
      'parent_id',
      'creator_id',
      'type',
      'name',
      'private',
      'index',
      'filesize',
      'filetype',
      'status',
      'label',
      'version_number',
      'cover_asset_id',
      'uploaded_at',
      'upload_completed_at',
      'upload_failed_at',
      'transcoded_at',
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, account_id, team_id, project_id, parent_id, creator_id, type, name, private, index, coalesce(filesize, 0), filetype,
                    status, label, version_number, cover_asset_id, case when status in ('uploaded', 'transcoded') then inserted_at end,
                    case when status in ('uploaded', 'transcoded') then inserted_at end, case when status = 'failed' then updated_at end,
                    case when status = 'transcoded' then inserted_at end, inserted_at, updated_at, deleted_at from settled_assets`,
    yields: true,
  }),
  publication({
    table: 'asset_media',
    key: ['asset_id'],
    columns: ['asset_id', 'asset_type', 'fps_num', 'fps_den', 'frames', 'duration', 'updated_at'],
    select: `select f.id, case when f.filetype ~ '^image/' then 'image' when f.filetype ~ '^(video|audio)/' then 'stream' else 'document' end,
                    f.fps_num, f.fps_den, f.frames, f.duration, a.updated_at
               from legacy.file_references f join settled_assets a using (id) where f.status = 'transcoded'`,
    yields: true,
  }),
  publication({
    table: 'legacy_ids',
    key: ['kind', 'legacy_id'],
    columns: ['kind', 'legacy_id', 'id'],
    select: `select 'project', legacy_id, id from settled_projects
             union all select kind, legacy_id, id from settled_assets where legacy_id is not null`,
  }),
]

export const assetTreeSettlement: Settlement = { settle, publications }
