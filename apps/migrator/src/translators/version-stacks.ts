import { columns, migration, pgTable } from '@rushes/dynasaur'
import { v2Id } from '../ids.ts'
import { versionStacks } from '../legacy/version-stacks.ts'
import type { Settlement } from '../publish/publication.ts'
import { foreignKey, stagedStamps, stagedStampsOf, stampsSql } from './staging.ts'

const staged = pgTable(
  'legacy.version_stacks',
  {
    id: columns.uuid(),
    legacy_id: columns.text(),
    parent_id: columns.uuid().nullable(),
    project_id: columns.uuid(),
    name: columns.text(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const versions = pgTable(
  'legacy.stack_versions',
  { stack_id: columns.uuid(), file_id: columns.uuid(), legacy_id: columns.text(), position: columns.int4() },
  { key: ['stack_id', 'file_id'], ownedBy: 'stack_id' },
)

export const versionStacksMigration = migration({
  source: versionStacks,
  into: { staged, versions },
  translate: (stack, to) => {
    const id = v2Id('version_stack', stack.id)
    const parent = foreignKey(stack.owner_key)
    to.staged({
      id,
      legacy_id: stack.id,
      parent_id: parent === null ? null : v2Id('folder', parent),
      project_id: v2Id('project', stack.project_key.trim()),
      name: stack.name,
      ...stagedStampsOf(stack),
    })
    for (const [position, key] of stack.file_reference_keys.entries()) {
      to.versions({ stack_id: id, file_id: v2Id('file_reference', key.trim()), legacy_id: key, position })
    }
  },
})

const settle = [
  // A stack that no file says it is in would be an empty shell.
  `insert into settled_assets
   select v.id, v.legacy_id, 'version_stack', p.account_id, p.team_id, p.id, coalesce(parent.id, p.root_asset_id), v.parent_id, p.owner_id, 'version_stack',
          left(coalesce(nullif(v.name, ''), 'Untitled'), 1024), false, 0, null, null, null, 'created', 'none', 0, s.inserted_at, s.updated_at, s.deleted_at
     from legacy.version_stacks v join settled_projects p on p.id = v.project_id
     cross join lateral (select ${stampsSql('v')}) s
     left join settled_assets parent on parent.id = v.parent_id and parent.project_id = p.id and parent.type = 'folder'
    where exists (select from legacy.file_references f where f.stack_id = v.id and f.project_id = v.project_id)`,
  `insert into quality select 'stack.parked', 'version_stack', legacy_id, 'project_key', project_id::text from legacy.version_stacks v
    where not exists (select from settled_assets a where a.id = v.id)`,
  `insert into quality select 'stack.folder_missing', 'version_stack', legacy_id, 'owner_key', coalesce(listed_by::text, 'none') from settled_assets
    where type = 'version_stack' and parent_id is distinct from listed_by`,
]

export const versionStacksSettlement: Settlement = { settle, publications: [] }
