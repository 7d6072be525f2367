import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDb } from '@rushes/db'
import { type TestDatabase, type TestDatabaseOptions, testDatabase } from '@rushes/db/testing'
import { createLinks, createSigner, openDiskStore } from '@rushes/storage'
import { signUp } from './accounts/index.ts'
import { everyone } from './accounts/policies/person.ts'
import { createProjectPolicy } from './accounts/policies/team.ts'
import type { Actor } from './actor.ts'
import { type Core, type Ctx, contextFor, handles } from './context.ts'
import { localDoorbell } from './doorbell.ts'
import type { JobName } from './jobs.ts'
import type { InvitationMail, PasswordResetMail } from './mail.ts'
import { authorize, authorizeActor } from './policy.ts'
import { addToAsset, commentOnAsset } from './projects/policies/asset.ts'
import { createAsset } from './projects/services/create-asset.ts'
import { createProject } from './projects/services/create-project.ts'
import { createComment } from './projects/services/write-comment.ts'

/** A Core on a real database and disk; jobs are kept in a list instead of being done. */
export interface TestCore extends AsyncDisposable {
  core: Core
  database: TestDatabase
  enqueued: { name: JobName; payload: object }[]
  /** What was mailed. */
  mails: { invitations: InvitationMail[]; resets: PasswordResetMail[] }
}

export async function testCore(options: TestDatabaseOptions = {}): Promise<TestCore> {
  const database = await testDatabase(options)
  const reader = openDb({ url: database.url, readOnly: true })
  const folder = await mkdtemp(join(tmpdir(), 'rushes-core-'))
  const enqueued: TestCore['enqueued'] = []
  const mails: TestCore['mails'] = { invitations: [], resets: [] }
  const core: Core = {
    ...handles(reader, database.db),
    doorbell: localDoorbell(),
    jobs: { enqueue: async (_tx, name, payload) => void enqueued.push({ name, payload }) },
    blobs: await openDiskStore({ root: join(folder, 'blobs') }),
    links: createLinks(createSigner({ current: 'test', secrets: { test: 'x'.repeat(32) } })),
    media: null,
    mail: {
      digest: async () => {},
      invitation: async (mail) => void mails.invitations.push(mail),
      passwordReset: async (mail) => void mails.resets.push(mail),
    },
    cache: { through: (_key, _ttl, load) => load(), drop: () => {} },
    urls: { web: 'http://web.test', api: 'http://api.test' },
    signUp: true,
    checkHookUrl: () => {},
  }
  return {
    core,
    database,
    enqueued,
    mails,
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A person with an account, a team, a project, and a context to act in. */
export interface World {
  ctx: Ctx
  userId: string
  accountId: string
  teamId: string
  projectId: string
  rootId: string
}

let people = 0

export function asUser(core: Core, userId: string, scopes: string[] | null = null): Ctx {
  const actor: Actor = { kind: 'user', userId, scopes, via: 'test' }
  return contextFor(core, actor, { source: 'test' })
}

/** Somebody new with everything needed to work; each call is another tenant. */
export async function buildWorld(core: Core, name = 'Ana'): Promise<World> {
  const anyone = contextFor(core, { kind: 'system', job: 'test' })
  const email = `${name.toLowerCase()}${++people}.${process.pid}@example.com`
  const made = await signUp(anyone, authorizeActor(anyone, everyone), {
    name,
    email,
    password: 'correct horse battery',
  })
  const ctx = asUser(core, made.user_id)
  const team = await authorize(ctx, createProjectPolicy, made.team_id)
  const { project } = await createProject(ctx, team, { name: `${name}'s project` })
  return {
    ctx,
    userId: made.user_id,
    accountId: made.account_id,
    teamId: made.team_id,
    projectId: project.id,
    rootId: project.root_asset_id,
  }
}

/** A file in the root folder of a world; nothing is uploaded to it. */
export async function buildFile(world: World, name = 'cut.mp4', filesize = 1000): Promise<string> {
  const root = await authorize(world.ctx, addToAsset, world.rootId)
  return (await createAsset(world.ctx, root, { type: 'file', name, filesize })).asset.id
}

/** A comment of the world's person on an asset. */
export async function buildComment(world: World, assetId: string, text = 'Nice'): Promise<string> {
  const asset = await authorize(world.ctx, commentOnAsset, assetId)
  return (await createComment(world.ctx, asset, { text })).comment.id
}
