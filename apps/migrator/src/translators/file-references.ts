import { columns, migration, pgTable } from '@rushes/dynasaur'
import { frameRate } from '../frame-rate.ts'
import { v2Id } from '../ids.ts'
import { fileReferences } from '../legacy/file-references.ts'
import type { Settlement } from '../publish/publication.ts'
import { foreignKey, stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.file_references',
  {
    id: columns.uuid(),
    legacy_id: columns.text(),
    // The same key read as a folder's and as a stack's: it doesn't say which it is.
    parent_id: columns.uuid().nullable(),
    stack_id: columns.uuid().nullable(),
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
      stack_id: parent === null ? null : v2Id('version_stack', parent),
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
   select f.id, f.legacy_id, 'file_reference', p.account_id, p.team_id, p.id, coalesce(parent.id, p.root_asset_id), parent.id, u.id, 'file',
          left(coalesce(nullif(f.name, ''), 'Untitled'), 1024), f.private, 0, null, f.filesize, f.filetype, f.status, f.label, f.view_count,
          s.inserted_at, s.updated_at, s.deleted_at
     from legacy.file_references f join settled_projects p on p.id = f.project_id
     cross join lateral (select ${stampsSql('f')}) s
     left join settled_assets parent on parent.project_id = p.id and parent.id in (f.parent_id, f.stack_id)
     left join settled_users u on u.id = f.creator_id`,
  `insert into quality select 'file.parked', 'file_reference', legacy_id, 'project_key', project_id::text from legacy.file_references f
    where not exists (select from settled_assets a where a.id = f.id)`,
  `insert into quality select 'file.folder_missing', 'file_reference', legacy_id, 'owner_key', 'went to the root' from settled_assets where type = 'file' and listed_by is null`,
  `insert into quality select 'file.creator_missing', 'file_reference', f.legacy_id, 'master_key', f.creator_id::text
     from legacy.file_references f join settled_assets a using (id) where f.creator_id is not null and a.creator_id is null`,
]

export const fileReferencesSettlement: Settlement = { settle, publications: [] }
