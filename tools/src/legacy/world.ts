import { Random } from './random.ts'

/** How large an estate to make; counts are of accounts, and per account, team, project, folder or file. */
export interface Size {
  accounts: number
  usersPerAccount: number
  teamsPerAccount: number
  projectsPerTeam: number
  foldersPerProject: number
  filesPerFolder: number
  commentsPerFile: number
}

export const SMALL: Size = {
  accounts: 3,
  usersPerAccount: 12,
  teamsPerAccount: 2,
  projectsPerTeam: 3,
  foldersPerProject: 5,
  filesPerFolder: 4,
  commentsPerFile: 5,
}

interface Stamped {
  /** Seconds since 1970. */
  created: number
  updated: number
}

export interface User extends Stamped {
  id: string
  name: string
  email: string
  bio: string | null
  accountId: string
}
export interface Account extends Stamped {
  id: string
  ownerId: string
  userIds: string[]
  company: string
}
export interface Team extends Stamped {
  id: string
  accountId: string
  name: string
  memberIds: string[]
  managerIds: string[]
}
export interface Project extends Stamped {
  id: string
  teamId: string
  ownerId: string
  rootId: string
  name: string
  private: boolean
  collaboratorIds: string[]
}
export interface Folder extends Stamped {
  id: string
  projectId: string
  parentId: string | null
  name: string
  folderIds: string[]
  stackIds: string[]
  fileIds: string[]
}
export interface Stack extends Stamped {
  id: string
  projectId: string
  folderId: string
  name: string
  /** Oldest version first. */
  fileIds: string[]
}
export interface File extends Stamped {
  id: string
  projectId: string
  folderId: string
  stackId: string | null
  creatorId: string
  name: string
  filetype: string
  filesize: bigint
  fps: number
  frames: number
  label: string
  commentIds: string[]
}
export interface Comment extends Stamped {
  id: string
  fileId: string
  authorId: string
  parentId: string | null
  text: string
  frame: number | null
  drawing: string | null
  likerIds: string[]
}

/** A consistent estate as it should have been: every reference resolves, every pair of lists agrees. */
export interface World {
  users: User[]
  accounts: Account[]
  teams: Team[]
  projects: Project[]
  folders: Folder[]
  stacks: Stack[]
  files: File[]
  comments: Comment[]
}

const FIRST = ['Ada', 'Bela', 'Chidi', 'Dana', 'Emre', 'Farah', 'Goran', 'Hana', 'Ines', 'Jun', 'Null', 'Léa']
const LAST = ['Okafor', 'Lindqvist', 'Marsh', 'Tanaka', 'Ruiz', 'Novak', 'O’Brien', 'Schäfer']
const PHRASES = [
  'Trim the head',
  'lift the mids',
  'is this cleared?',
  'love it',
  '字幕がずれています',
  'hold two frames longer',
  'too warm',
  '👍🏽',
]
const RATES = [23.976, 24, 25, 29.97, 59.94]
const YEAR_SECONDS = 31_536_000
const OPENED = 1_388_534_400

/** Makes an estate; the same seed and size give the same one. */
export function makeWorld(seed: number, size: Size = SMALL): World {
  const random = new Random(seed)
  const world: World = {
    users: [],
    accounts: [],
    teams: [],
    projects: [],
    folders: [],
    stacks: [],
    files: [],
    comments: [],
  }
  for (let n = 0; n < size.accounts; n++) addAccount(world, random, size)
  return world
}

function stamps(random: Random): Stamped {
  const created = OPENED + random.between(0, 3 * YEAR_SECONDS)
  return { created, updated: created + random.between(0, YEAR_SECONDS) }
}

function times(count: number, make: (n: number) => void): void {
  for (let n = 0; n < count; n++) make(n)
}

function addAccount(world: World, random: Random, size: Size): void {
  const id = random.uuid()
  const users = Array.from({ length: size.usersPerAccount }, (): User => {
    const name = `${random.pick(FIRST)} ${random.pick(LAST)}`
    const userId = random.uuid()
    const local = name
      .normalize('NFD')
      .replace(/[^A-Za-z ]/g, '')
      .replaceAll(' ', '.')
    const email = `${local}.${userId.slice(0, 4)}@studio.example`.toLowerCase()
    return {
      id: userId,
      name,
      email,
      bio: random.chance(0.5) ? random.pick(PHRASES) : null,
      accountId: id,
      ...stamps(random),
    }
  })
  world.users.push(...users)
  const userIds = users.map((user) => user.id)
  const company = `Studio ${random.pick(LAST)}`
  world.accounts.push({ id, ownerId: random.pick(userIds), userIds, company, ...stamps(random) })
  times(size.teamsPerAccount, (n) => addTeam(world, random, size, id, userIds, `Team ${n + 1}`))
}

function addTeam(
  world: World,
  random: Random,
  size: Size,
  accountId: string,
  userIds: string[],
  name: string,
): void {
  const id = random.uuid()
  const memberIds = random.some(userIds, random.between(3, userIds.length))
  world.teams.push({ id, accountId, name, memberIds, managerIds: memberIds.slice(0, 1), ...stamps(random) })
  const outsiders = userIds.filter((userId) => !memberIds.includes(userId))
  times(size.projectsPerTeam, (n) =>
    addProject(world, random, size, id, memberIds, outsiders, `Project ${n + 1}`),
  )
}

function addProject(
  world: World,
  random: Random,
  size: Size,
  teamId: string,
  memberIds: string[],
  outsiders: string[],
  name: string,
): void {
  const [id, rootId] = [random.shortId(), random.shortId()]
  const collaboratorIds = random.some(outsiders, Math.min(2, outsiders.length))
  const project = {
    id,
    teamId,
    ownerId: random.pick(memberIds),
    rootId,
    name,
    private: random.chance(0.3),
    collaboratorIds,
  }
  world.projects.push({ ...project, ...stamps(random) })
  const folders: Folder[] = [
    {
      id: rootId,
      projectId: id,
      parentId: null,
      name: 'root',
      folderIds: [],
      stackIds: [],
      fileIds: [],
      ...stamps(random),
    },
  ]
  times(size.foldersPerProject, (n) => {
    const parent = random.pick(folders)
    const folder = {
      id: random.shortId(),
      projectId: id,
      parentId: parent.id,
      name: `Reel ${n + 1}`,
      folderIds: [],
      stackIds: [],
      fileIds: [],
    }
    folders.push({ ...folder, ...stamps(random) })
    parent.folderIds.push(folder.id)
  })
  world.folders.push(...folders)
  for (const folder of folders) {
    times(size.filesPerFolder, (n) => addFile(world, random, size, folder, memberIds, n))
    if (folder.fileIds.length > 2 && random.chance(0.4)) stackLastTwo(world, random, folder)
  }
}

function stackLastTwo(world: World, random: Random, folder: Folder): void {
  const versions = world.files.slice(-2)
  const [oldest] = versions
  if (!oldest) return
  const id = random.shortId()
  const fileIds = folder.fileIds.splice(-2)
  world.stacks.push({
    id,
    projectId: folder.projectId,
    folderId: folder.id,
    name: oldest.name,
    fileIds,
    ...stamps(random),
  })
  folder.stackIds.push(id)
  for (const file of versions) file.stackId = id
}

function addFile(
  world: World,
  random: Random,
  size: Size,
  folder: Folder,
  memberIds: string[],
  n: number,
): void {
  const id = random.shortId()
  const fps = random.pick(RATES)
  const frames = random.between(100, 5_000)
  const commentIds: string[] = []
  world.files.push({
    ...{ id, fps, frames, commentIds },
    projectId: folder.projectId,
    folderId: folder.id,
    stackId: null,
    creatorId: random.pick(memberIds),
    name: `${folder.name} shot ${n + 1}.mov`,
    filetype: 'video/quicktime',
    filesize: BigInt(random.between(1_000_000, 2_000_000_000)) * 3n,
    label: random.pick(['none', 'needs_review', 'in_progress', 'approved']),
    ...stamps(random),
  })
  folder.fileIds.push(id)
  const thread: Comment[] = []
  times(size.commentsPerFile, () => {
    const parent = thread.length > 0 && random.chance(0.3) ? random.pick(thread) : undefined
    const comment = makeComment(random, id, memberIds, frames, parent)
    if (!parent) thread.push(comment)
    world.comments.push(comment)
    commentIds.push(comment.id)
  })
}

function makeComment(
  random: Random,
  fileId: string,
  memberIds: string[],
  frames: number,
  parent: Comment | undefined,
): Comment {
  const stroke = {
    tool: 'pen',
    color: '#F22237',
    size: 8,
    xs: [random.next(), random.next()],
    ys: [random.next(), random.next()],
  }
  return {
    id: random.uuid(),
    fileId,
    authorId: random.pick(memberIds),
    parentId: parent?.id ?? null,
    text: `${random.pick(PHRASES)}, ${random.pick(PHRASES)}`,
    frame: parent ? null : random.between(0, frames - 1),
    drawing: !parent && random.chance(0.3) ? JSON.stringify([stroke]) : null,
    likerIds: random.some(memberIds, random.between(0, 2)),
    ...stamps(random),
  }
}
