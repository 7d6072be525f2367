import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addTeamMember, updateTeamPolicy } from '../../accounts/index.ts'
import { everyone } from '../../accounts/policies/person.ts'
import { authenticate } from '../../accounts/services/authenticate.ts'
import { type Ctx, contextFor } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { authorize, authorizeActor, type Granted, type Policy } from '../../policy.ts'
import {
  asUser,
  buildComment,
  buildFile,
  buildWorld,
  type TestCore,
  testCore,
  type World,
} from '../../testing.ts'
import { addCollaborator, removeCollaborator } from '../services/collaborators.ts'
import { enterReview } from '../services/enter-review.ts'
import { deleteAsset } from '../services/trash-asset.ts'
import { createComment } from '../services/write-comment.ts'
import { createReviewLink } from '../services/write-review-link.ts'
import * as Asset from './asset.ts'
import * as Comment from './comment.ts'
import { copyAssetPolicy } from './copy.ts'
import * as Project from './project.ts'

let test_: TestCore
let world: World
const actors = new Map<string, Ctx>()
const things = new Map<string, string>()

before(async () => {
  test_ = await testCore()
  const { core } = test_
  world = await buildWorld(core)
  const email = async (userId: string) =>
    (await core.db.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirstOrThrow())
      .email
  const [manager, member, collaborator, former, outsider] = [
    await buildWorld(core, 'Manager'),
    await buildWorld(core, 'Member'),
    await buildWorld(core, 'Collaborator'),
    await buildWorld(core, 'Former'),
    await buildWorld(core, 'Outsider'),
  ]
  const team = await authorize(world.ctx, updateTeamPolicy, world.teamId)
  await addTeamMember(world.ctx, team, { email: await email(manager.userId), role: 'team_manager' })
  await addTeamMember(world.ctx, team, { email: await email(member.userId), role: 'member' })
  const project = await authorize(world.ctx, Project.inviteToProject, world.projectId)
  await addCollaborator(world.ctx, project, { email: await email(collaborator.userId) })
  await addCollaborator(world.ctx, project, { email: await email(former.userId) })
  await removeCollaborator(world.ctx, project, { email: await email(former.userId) })
  things.set('file', await buildFile(world))
  things.set('other file', await buildFile(world))
  things.set('deleted file', await buildFile(world))
  await deleteAsset(
    world.ctx,
    await authorize(world.ctx, Asset.deleteAssetPolicy, things.get('deleted file') ?? ''),
  )
  things.set('root', world.rootId)
  things.set('project', world.projectId)
  things.set('comment', await buildComment(world, things.get('file') ?? ''))
  const file = await authorize(world.ctx, Asset.commentOnAsset, things.get('file') ?? '')
  things.set(
    'private comment',
    (await createComment(world.ctx, file, { text: 'team only', private: true })).comment.id,
  )
  actors.set('owner', world.ctx)
  for (const [name, { userId }] of Object.entries({ manager, member, collaborator, former, outsider }))
    actors.set(name, asUser(core, userId))
  actors.set('reader', asUser(core, world.userId, ['asset.read', 'project.read', 'comment.read']))
  actors.set('guest', await guest())
  actors.set('anonymous', contextFor(core, { kind: 'anonymous' }))
})
after(() => test_[Symbol.asyncDispose]())

async function guest(): Promise<Ctx> {
  const share = await authorize(world.ctx, Project.shareProject, world.projectId)
  const { link } = await createReviewLink(world.ctx, share, {
    name: 'x',
    asset_ids: [things.get('file') ?? ''],
  })
  const anyone = contextFor(test_.core, { kind: 'anonymous' })
  const { token } = await enterReview(anyone, authorizeActor(anyone, everyone), {
    code: link.code,
    name: 'Guest',
  })
  const actor = await authenticate(test_.core, token)
  assert.ok(actor)
  return contextFor(test_.core, actor)
}

const policies: Policy<object, string>[] = [
  Project.readProject,
  Project.updateProjectPolicy,
  Project.deleteProjectPolicy,
  Project.inviteToProject,
  Project.shareProject,
  Project.readProjectTrash,
  Project.followProject,
  Project.readProjectTree,
  Asset.readAsset,
  Asset.readDeletedAsset,
  Asset.addToAsset,
  Asset.updateAssetPolicy,
  Asset.labelAssetPolicy,
  Asset.deleteAssetPolicy,
  Asset.restoreAssetPolicy,
  copyAssetPolicy,
  Asset.commentOnAsset,
  Comment.readComment,
  Comment.replyToComment,
  Comment.updateCommentPolicy,
  Comment.deleteCommentPolicy,
  Comment.completeCommentPolicy,
  Comment.likeCommentPolicy,
] as unknown as Policy<object, string>[]

async function verdict(ctx: Ctx, policy: Policy<object, string>, id: string): Promise<string> {
  try {
    await authorize(ctx, policy, id)
    return '+'
  } catch (error) {
    assert.ok(error instanceof CoreError)
    return { not_found: '.', forbidden: '-', unauthenticated: '?' }[error.code as 'not_found'] ?? error.code
  }
}

// + yes, - seen but not allowed (403), . not there (404), ? sign in first (401). A cell that isn't here fails.
const order = [
  'owner',
  'manager',
  'member',
  'collaborator',
  'former',
  'outsider',
  'reader',
  'guest',
  'anonymous',
]
const expected: Record<string, string> = {
  'project project.read': '++++..+-?',
  'project project.update': '+++-..--?',
  'project project.delete': '++--..--?',
  'project collaborator.create': '++++..--?',
  'project reviewlink.create': '+++-..--?',
  'project project.trash': '+++-..+-?',
  'project project.tree': '++++..+-?',
  'project project.follow': '++++..+-?',
  'file asset.read': '++++..++?',
  'file asset.read_deleted': '++++..++?',
  'file asset.create': '++++..--?',
  'file asset.update': '+++-..--?',
  'file asset.label': '++++..--?',
  'file asset.copy': '++++..+-?',
  'root asset.copy': '----..-.?',
  'file asset.delete': '+++-..--?',
  'file asset.restore': '+++-..--?',
  'file comment.create': '++++..-+?',
  'other file asset.read': '++++..+.?',
  'other file comment.create': '++++..-.?',
  'deleted file asset.read': '........?',
  'deleted file asset.read_deleted': '++++..+.?',
  'deleted file asset.restore': '+++-..-.?',
  'root asset.read': '++++..+.?',
  'root asset.update': '----..-.?',
  'root asset.create': '++++..-.?',
  'comment comment.read': '++++..++?',
  'comment comment.reply': '++++..-+?',
  'comment comment.update': '+---..--?',
  'comment comment.delete': '++--..--?',
  'comment comment.complete': '++++..--?',
  'comment comment.like': '++++..-+?',
  'private comment comment.read': '+++...+.?',
  'private comment comment.reply': '+++...-.?',
}

test('the table of verdicts', async () => {
  for (const [cell, wanted] of Object.entries(expected)) {
    const [, thing = '', name = ''] = /^(.*) ([a-z_.]+)$/.exec(cell) ?? []
    const policy = policies.find((candidate) => candidate.name === name)
    assert.ok(policy, name)
    const row = await Promise.all(
      order.map((actor) => verdict(actors.get(actor) as Ctx, policy, things.get(thing) ?? '')),
    )
    assert.equal(row.join(''), wanted, `${cell}\n${order.join(' ')}`)
  }
})

test('every policy has a row', () => {
  const named = new Set(Object.keys(expected).map((cell) => cell.split(' ').at(-1)))
  assert.deepEqual(
    policies.map((policy) => policy.name).filter((name) => !named.has(name)),
    [],
  )
})

test('a service can not be called without a grant, nor with another one', () => {
  // Checked by the compiler: each line below must be an error.
  const row = {} as Asset.AccessibleAsset
  const granted = {} as Granted<Asset.AccessibleAsset, 'asset.read'>
  const calls = () => [
    // @ts-expect-error a bare row was never let through a policy
    deleteAsset(world.ctx, row),
    // @ts-expect-error reading is not deleting
    deleteAsset(world.ctx, granted),
  ]
  assert.equal(calls.length, 0)
})
