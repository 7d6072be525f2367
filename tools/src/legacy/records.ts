import type { Random } from './random.ts'
import type { Account, Comment, File, Folder, Project, Stack, Team, User, World } from './world.ts'

export const TABLES = [
  'users',
  'accounts',
  'teams',
  'projects',
  'folders',
  'version_stacks',
  'file_references',
  'comments',
] as const
export type TableName = (typeof TABLES)[number]

/** A legacy record: text in every attribute, or (one mess) a native DynamoDB boolean. */
export type LegacyRecord = { id: string } & Record<string, string | boolean>

export type Records = Record<TableName, LegacyRecord[]>

const NULL = 'JTNullValue'
const list = (ids: readonly string[]) => JSON.stringify(ids)
const flag = (value: boolean) => (value ? '1' : '0')
/** Shortest text with at least one decimal: `312` as `312.0`. */
const float = (value: number | bigint) => (/\./.test(String(value)) ? String(value) : `${value}.0`)

/** Writes the world as the legacy ORM did: everything a string. */
export function encodeWorld(world: World, random: Random): Records {
  const orNull = <T>(value: T | null, encode: (value: T) => string) => {
    return value === null ? random.pick([NULL, NULL, 'null']) : encode(value)
  }
  const stamps = ({ created, updated }: { created: number; updated: number }) => ({
    created_at_integer: spellTime(created, random),
    updated_at_integer: String(updated),
    created_at: `${new Date(created * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    deleted: '0',
  })
  const user = (one: User) => ({
    id: one.id,
    name: one.name,
    email: one.email,
    bio: orNull(one.bio, String),
    account_key: one.accountId,
    team_keys: list(world.teams.filter(({ memberIds }) => memberIds.includes(one.id)).map(({ id }) => id)),
    has_logged_in: '1',
    email_confirmed_data: String(one.created),
    last_seen_integer: String(one.updated),
    ...stamps(one),
  })
  const account = (one: Account) => ({
    id: one.id,
    owner_key: one.ownerId,
    user_keys: list(one.userIds),
    company_name: one.company,
    vat: orNull(null, String),
    invoice_emails: list([]),
    plan: JSON.stringify({
      name: 'pro',
      storage_limit: '2199023255552.0',
      available_features: '{"api":"1"}',
    }),
    locked_at: NULL,
    ...stamps(one),
  })
  const team = (one: Team) => ({
    id: one.id,
    account_id: one.accountId,
    name: one.name,
    bio: NULL,
    creator_key: one.managerIds[0] ?? NULL,
    member_keys: list(one.memberIds),
    manager_keys: list(one.managerIds),
    member_limit: orNull(null, String),
    ...stamps(one),
  })
  const project = (one: Project) => ({
    id: one.id,
    name: one.name,
    description: orNull(null, String),
    team_id: one.teamId,
    user_id: one.ownerId,
    root_folder_key: one.rootId,
    collaborator_keys: list(one.collaboratorIds),
    private: flag(one.private),
    archived_at: NULL,
    project_prefs: JSON.stringify({
      collaborator_can_download: '0',
      collaborator_can_share: '1',
      email_for_new_comment: '1',
    }),
    ...stamps(one),
  })
  const folder = (one: Folder) => ({
    id: one.id,
    name: one.name,
    owner_key: orNull(one.parentId, String),
    project_key: one.projectId,
    folder_keys: list(one.folderIds),
    file_reference_keys: list(one.fileIds),
    version_stack_keys: list(one.stackIds),
    item_count: String(one.folderIds.length + one.stackIds.length + one.fileIds.length),
    private: '0',
    ...stamps(one),
  })
  const stack = (one: Stack) => ({
    id: one.id,
    name: one.name,
    owner_key: one.folderId,
    project_key: one.projectId,
    file_reference_keys: list(one.fileIds),
    cover_file_reference_key: one.fileIds.at(-1) ?? NULL,
    ...stamps(one),
  })
  const file = (one: File) => ({
    id: one.id,
    name: one.name,
    owner_key: one.stackId ?? one.folderId,
    project_key: one.projectId,
    master_key: one.creatorId,
    master_class: 'User',
    filetype: one.filetype,
    filesize: float(one.filesize),
    upload_state: 'ready',
    label: one.label,
    fps: float(one.fps),
    frames: String(one.frames),
    duration: float(one.frames / one.fps),
    view_count: '3',
    user_stars: JSON.stringify({ [one.creatorId]: '4' }),
    metadata: JSON.stringify({ format: { nb_streams: '2', bit_rate: '12345678901234567890' } }),
    comment_keys: list(one.commentIds),
    ...stamps(one),
  })
  const comment = (one: Comment) => ({
    id: one.id,
    file_reference_key: one.fileId,
    master_key: one.authorId,
    master_class: 'User',
    text: one.text,
    timestamp: orNull(one.frame, float),
    duration: NULL,
    page: orNull(null, String),
    parent_key: orNull(one.parentId, String),
    private: random.chance(0.05) ? 'false' : '0',
    completed_at: orNull(null, String),
    like_keys: list(one.likerIds),
    annotation_object: orNull(one.drawing, (draw_data) => JSON.stringify({ draw_data })),
    ...stamps(one),
  })
  return {
    users: world.users.map(user),
    accounts: world.accounts.map(account),
    teams: world.teams.map(team),
    projects: world.projects.map(project),
    folders: world.folders.map(folder),
    version_stacks: world.stacks.map(stack),
    file_references: world.files.map(file),
    comments: world.comments.map(comment),
  }
}

/** A time the way one of several clients wrote it: nine in ten as epoch seconds. */
function spellTime(seconds: number, random: Random): string {
  if (random.chance(0.9)) return String(seconds)
  const iso = new Date(seconds * 1000).toISOString()
  return random.pick([
    `${seconds}000`,
    `${seconds}.0`,
    `${iso.slice(0, 19).replace('T', ' ')} UTC`,
    iso,
    iso.slice(0, 19),
  ])
}
