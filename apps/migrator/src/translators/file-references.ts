import { columns, migration, pgTable } from '@rushes/dynasaur'
import { frameRate } from '../frame-rate.ts'
import { v2Id } from '../ids.ts'
import { fileReferences } from '../legacy/file-references.ts'
import { publication, type Settlement } from '../publish/publication.ts'
import { foreignKey, stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.file_references',
  {
    id: columns.uuid(),
    legacy_id: columns.text(),
    parent_id: columns.uuid().nullable(),
    project_id: columns.uuid(),
    creator_id: columns.uuid().nullable(),
    name: columns.text(),
    filetype: columns.text(),
    filesize: columns.int8(),
    status: columns.text(),
    label: columns.text(),
    private: columns.bool(),
    fps_num: columns.int8().nullable(),
    fps_den: columns.int8().nullable(),
    frames: columns.int4().nullable(),
    duration: columns.float8().nullable(),
    view_count: columns.int4(),
    user_stars: columns.jsonb().nullable(),
    metadata: columns.jsonb().nullable(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const STATUS = {
  created: 'created',
  uploading: 'created',
  merged: 'uploaded',
  processing: 'uploaded',
  ready: 'transcoded',
  failed: 'failed',
} as const

const LABELS = ['none', 'needs_review', 'in_progress', 'approved']

export const fileReferencesMigration = migration({
  source: fileReferences,
  into: { staged },
  translate: (file, to, { note }) => {
    const parent = foreignKey(file.owner_key)
    const [creator_id = null] = uuids(file.master_key === null ? [] : [file.master_key], (key) => {
      note('key.syntax', 'master_key', key)
    })
    const { id, name, filetype, filesize, duration, user_stars, metadata } = file
    const rate = file.fps === null ? null : frameRate(file.fps)
    to.staged({
      ...{ name, filetype, filesize, duration, user_stars, metadata },
      id: v2Id('file_reference', id),
      legacy_id: id,
      parent_id: parent === null ? null : v2Id('folder', parent),
      project_id: v2Id('project', file.project_key.trim()),
      creator_id,
      status: STATUS[file.upload_state],
      label: LABELS.find((label) => label === file.label) ?? 'none',
      private: file.private,
      fps_num: rate?.num ?? null,
      fps_den: rate?.den ?? null,
      frames: file.frames === null ? null : Number(file.frames),
      view_count: Number(file.view_count),
      ...stagedStampsOf(file),
    })
  },
})

const settle = [
  `insert into settled_assets
   select f.id, f.legacy_id, 'file_reference', p.account_id, p.team_id, p.id, coalesce(parent.id, p.root_asset_id), f.parent_id, u.id, 'file',
          left(coalesce(nullif(f.name, ''), 'Untitled'), 1024), f.private, 0, null, f.filesize, f.filetype, f.status, f.label, f.view_count,
          s.inserted_at, s.updated_at, s.deleted_at
     from legacy.file_references f join settled_projects p on p.id = f.project_id
     cross join lateral (select ${stampsSql('f')}) s
     left join settled_assets parent on parent.id = f.parent_id and parent.project_id = p.id and parent.type = 'folder'
     left join settled_users u on u.id = f.creator_id`,
  `insert into quality select 'file.parked', 'file_reference', legacy_id, 'project_key', project_id::text from legacy.file_references f
    where not exists (select from settled_assets a where a.id = f.id)`,
  `insert into quality select 'file.folder_missing', 'file_reference', legacy_id, 'owner_key', coalesce(listed_by::text, 'none') from settled_assets
    where type = 'file' and parent_id is distinct from listed_by`,
  `insert into quality select 'file.creator_missing', 'file_reference', f.legacy_id, 'master_key', f.creator_id::text
     from legacy.file_references f join settled_assets a using (id) where f.creator_id is not null and a.creator_id is null`,
  // The child's own key was written with the child; the parent's list was read, changed and written back by several at once.
  `insert into quality select 'list.dangling', 'folder', f.legacy_id, c.kind, c.legacy_id from legacy.folder_children c join legacy.folders f on f.id = c.folder_id
    where not exists (select from settled_assets a where a.id = c.child_id)`,
  `insert into quality select 'list.elsewhere', 'folder', f.legacy_id, c.kind, c.legacy_id from legacy.folder_children c join legacy.folders f on f.id = c.folder_id
     join settled_assets a on a.id = c.child_id where a.parent_id is distinct from c.folder_id`,
  `insert into quality select 'list.lost', kind, legacy_id, 'owner_key', parent_id::text from settled_assets a
    where parent_id is not null and listed_by = parent_id and exists (select from legacy.folders f where f.id = a.parent_id)
      and not exists (select from legacy.folder_children c where c.folder_id = a.parent_id and c.child_id = a.id)`,
  `update settled_assets a set index = o.index from (
     select a.id, row_number() over (partition by a.parent_id order by c.position nulls last, a.inserted_at, a.id) as index
       from settled_assets a left join legacy.folder_children c on c.folder_id = a.parent_id and c.child_id = a.id) o
    where o.id = a.id and a.parent_id is not null`,
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
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, account_id, team_id, project_id, parent_id, creator_id, type, name, private, index, coalesce(filesize, 0), filetype,
                    status, label, inserted_at, updated_at, deleted_at from settled_assets`,
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

export const fileReferencesSettlement: Settlement = { settle, publications }
