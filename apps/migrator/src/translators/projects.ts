import { columns, migration, pgTable } from '@rushes/dynasaur'
import { v2Id } from '../ids.ts'
import { projects } from '../legacy/projects.ts'
import { publication, type Settlement } from '../publish/publication.ts'
import { foreignKey, stagedStamps, stagedStampsOf, stampsSql, uuids } from './staging.ts'

const staged = pgTable(
  'legacy.projects',
  {
    id: columns.uuid(),
    legacy_id: columns.text(),
    team_id: columns.uuid().nullable(),
    owner_id: columns.uuid().nullable(),
    root_folder_id: columns.uuid().nullable(),
    spare_root_id: columns.uuid(),
    name: columns.text(),
    description: columns.text().nullable(),
    private: columns.bool(),
    archived_at: columns.timestamptz().nullable(),
    ignore_archive: columns.bool(),
    invite_url: columns.text().nullable(),
    collaborator_can_download: columns.bool(),
    collaborator_can_invite: columns.bool(),
    collaborator_can_share: columns.bool(),
    notify_on_new_comment: columns.bool(),
    notify_on_new_collaborator: columns.bool(),
    notify_on_new_asset: columns.bool(),
    notify_on_updated_label: columns.bool(),
    notify_slack: columns.bool(),
    ...stagedStamps,
  },
  { key: ['id'] },
)

const projectUsers = pgTable(
  'legacy.project_users',
  { project_id: columns.uuid(), user_id: columns.uuid() },
  { key: ['project_id', 'user_id'], ownedBy: 'project_id' },
)

export const projectsMigration = migration({
  source: projects,
  into: { staged, projectUsers },
  translate: (project, to, { note }) => {
    const id = v2Id('project', project.id)
    const root = foreignKey(project.root_folder_key)
    const { name, description, archived_at, ignore_archive, invite_url, project_prefs: prefs } = project
    to.staged({
      ...{ id, name, description, archived_at, ignore_archive, invite_url },
      legacy_id: project.id,
      team_id: project.team_id,
      owner_id: project.user_id,
      root_folder_id: root === null ? null : v2Id('folder', root),
      spare_root_id: v2Id('root_folder', project.id),
      private: project.private,
      collaborator_can_download: prefs?.collaborator_can_download ?? true,
      collaborator_can_invite: prefs?.collaborator_can_invite ?? true,
      collaborator_can_share: prefs?.collaborator_can_share ?? false,
      notify_on_new_comment: prefs?.email_for_new_comment ?? true,
      notify_on_new_collaborator: prefs?.email_for_new_person ?? true,
      notify_on_new_asset: prefs?.email_for_new_video ?? true,
      notify_on_updated_label: prefs?.notify_on_updated_label ?? true,
      notify_slack: project.slack_notifications_pref,
      ...stagedStampsOf(project),
    })
    const users = uuids(project.collaborator_keys, (key) => note('key.syntax', 'collaborator_keys', key))
    for (const user_id of users) to.projectUsers({ project_id: id, user_id })
  },
})

const settle = [
  // Folders are staged before projects settle, so that a root which is not there shows here.
  `create temp table settled_projects on commit drop as
   select p.*, t.account_id, coalesce(claimed.id, found.id, p.spare_root_id) as root_asset_id
     from (select id, legacy_id, team_id, owner_id, root_folder_id, spare_root_id, left(coalesce(nullif(name, ''), 'Untitled'), 255) as name,
                  description, private, archived_at, ignore_archive, invite_url, collaborator_can_download, collaborator_can_invite,
                  collaborator_can_share, notify_on_new_comment, notify_on_new_collaborator, notify_on_new_asset,
                  notify_on_updated_label, notify_slack, ${stampsSql('p')} from legacy.projects p) p
     join settled_teams t on t.id = p.team_id
     left join legacy.folders claimed on claimed.id = p.root_folder_id and claimed.project_id = p.id and claimed.parent_id is null
     left join lateral (select id from legacy.folders f where f.project_id = p.id and f.parent_id is null order by f.inserted_at, f.id limit 1) found on true`,
  `insert into quality select 'project.parked', 'project', legacy_id, 'team_id', coalesce(team_id::text, 'none') from legacy.projects p
    where not exists (select from settled_projects s where s.id = p.id)`,
  `insert into quality select 'project.root_replaced', 'project', legacy_id, 'root_folder_key', case when root_asset_id = spare_root_id then 'made a new root' else 'took the folder without parent' end
     from settled_projects where root_asset_id is distinct from root_folder_id`,
  `insert into quality select 'project.owner_missing', 'project', legacy_id, 'user_id', owner_id::text from settled_projects p
    where owner_id is not null and not exists (select from settled_users u where u.id = p.owner_id)`,
  `update settled_projects p set owner_id = null where not exists (select from settled_users u where u.id = p.owner_id)`,
  `insert into quality select 'collaborator.dangling', 'project', p.legacy_id, 'collaborator_keys', l.user_id::text
     from legacy.project_users l join settled_projects p on p.id = l.project_id where not exists (select from settled_users u where u.id = l.user_id)`,
]

const publications = [
  publication({
    table: 'projects',
    key: ['id'],
    columns: [
      'id',
      'account_id',
      'team_id',
      'owner_id',
      'root_asset_id',
      'name',
      'description',
      'private',
      'archive_status',
      'archived_at',
      'ignore_archive',
      'invite_url',
      'inserted_at',
      'updated_at',
      'deleted_at',
    ],
    select: `select id, account_id, team_id, owner_id, root_asset_id, name, description, private,
                    case when archived_at is null then 'standard' else 'archived' end, archived_at, ignore_archive, invite_url,
                    inserted_at, updated_at, deleted_at from settled_projects`,
    yields: true,
  }),
  publication({
    table: 'project_preferences',
    key: ['project_id', 'user_id'],
    nullable: ['user_id'],
    columns: [
      'project_id',
      'user_id',
      'collaborator_can_download',
      'collaborator_can_invite',
      'collaborator_can_share',
      'notify_on_new_comment',
      'notify_on_new_collaborator',
      'notify_on_new_asset',
      'notify_on_updated_label',
      'notify_slack',
      'updated_at',
    ],
    select: `select id, null::uuid, collaborator_can_download, collaborator_can_invite, collaborator_can_share, notify_on_new_comment,
                    notify_on_new_collaborator, notify_on_new_asset, notify_on_updated_label, notify_slack, updated_at from settled_projects`,
    yields: true,
  }),
  publication({
    table: 'collaborators',
    key: ['project_id', 'user_id'],
    columns: ['project_id', 'user_id'],
    select: `select l.project_id, l.user_id from legacy.project_users l join settled_projects p on p.id = l.project_id
               join settled_users u on u.id = l.user_id`,
  }),
]

export const projectsSettlement: Settlement = { settle, publications }
