import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { signedIn } from '../accounts/index.ts'
import type { Ctx } from '../context.ts'
import { authorize, authorizeActor, may } from '../policy.ts'
import { asUser, buildFile, buildWorld, type TestCore, testCore, type World } from '../testing.ts'
import { addToAsset, deleteAssetPolicy, labelAssetPolicy, readAsset } from './policies/asset.ts'
import { inviteToProject } from './policies/project.ts'
import { addCollaborator } from './services/collaborators.ts'
import { createAsset } from './services/create-asset.ts'
import { SearchAssets, searchAssets } from './services/search-assets.ts'
import { deleteAsset } from './services/trash-asset.ts'
import { labelAsset } from './services/update-asset.ts'

let test_: TestCore
let ana: World
let bob: World
let friend: Ctx
const ids = new Map<string, string>()

before(async () => {
  test_ = await testCore()
  ana = await buildWorld(test_.core)
  bob = await buildWorld(test_.core, 'Bob')
  const root = await authorize(ana.ctx, addToAsset, ana.rootId)
  const make = async (name: string, more: object = {}) => {
    const made = await createAsset(ana.ctx, root, { type: 'file', name, filesize: 100, ...more })
    ids.set(name, made.asset.id)
    return made.asset.id
  }
  await make('Interview_Ana-v2.mp4')
  await make('interview bob.mov', { filesize: 2000 })
  await make('B-roll 100%.mov')
  await make('Secret interview.mp4', { private: true })
  await make('Storyboard.pdf', { description: 'Drawn before the interview' })
  await make('Sales (folder)', { type: 'folder' })
  await buildFile(bob, 'Interview of Bob.mp4')
  const gone = await make('Interview gone.mp4')
  await deleteAsset(ana.ctx, await authorize(ana.ctx, deleteAssetPolicy, gone))
  const label = await authorize(ana.ctx, labelAssetPolicy, ids.get('interview bob.mov') ?? '')
  await labelAsset(ana.ctx, label, { label: 'approved' })
  const invited = await buildWorld(test_.core, 'Friend')
  const { rows } = await sql<{ email: string }>`select email from users where id = ${invited.userId}`.execute(
    test_.core.db,
  )
  const project = await authorize(ana.ctx, inviteToProject, ana.projectId)
  await addCollaborator(ana.ctx, project, { email: rows[0]?.email ?? '' })
  friend = asUser(test_.core, invited.userId)
})
after(() => test_[Symbol.asyncDispose]())

async function search(input: object, ctx = ana.ctx) {
  const page = await searchAssets(
    ctx,
    authorizeActor(ctx, signedIn('asset.read')),
    SearchAssets.parse({ type: 'file', ...input }),
  )
  return { total: page.total, names: page.rows.map((row) => row.asset.name), rows: page.rows }
}

const sorted = async (input: object, ctx?: Ctx) => (await search({ sort: 'name', ...input }, ctx)).names

test('it finds words, parts of words and typing errors, in names and descriptions', async () => {
  const all = [
    'B-roll 100%.mov',
    'Interview_Ana-v2.mp4',
    'Secret interview.mp4',
    'Storyboard.pdf',
    'interview bob.mov',
  ]
  const interviews = new Set(all.slice(1))
  assert.deepEqual(new Set(await sorted({ q: 'interview' })), interviews)
  for (const [q, wanted] of [
    ['ana interview', 'Interview_Ana-v2.mp4'],
    ['Interview_Ana-v2.mp4', 'Interview_Ana-v2.mp4'],
    ['v2', 'Interview_Ana-v2.mp4'],
    ['storybaord', 'Storyboard.pdf'],
    ['ryboa', 'Storyboard.pdf'],
    ['b-roll', 'B-roll 100%.mov'],
    ['100%', 'B-roll 100%.mov'],
    ['drawn', 'Storyboard.pdf'],
    ['dr', 'Storyboard.pdf'],
  ])
    assert.equal((await search({ query: q })).names[0], wanted, q)
  assert.deepEqual(await sorted({ q: '"before the" -mp4' }), ['Storyboard.pdf'])
  assert.deepEqual(await sorted({ q: 'interview -bob -secret' }), ['Interview_Ana-v2.mp4', 'Storyboard.pdf'])
  assert.deepEqual(new Set(await sorted({})), new Set(all))
  assert.deepEqual(await sorted({ q: '!' }), [])
  assert.deepEqual(await sorted({ q: 'nothing like it' }), [])
})

test('a name that has what was typed comes before one that nearly has it, and before a description', async () => {
  const { names } = await search({ q: 'interview bob' })
  assert.equal(names[0], 'interview bob.mov')
  assert.equal((await search({ q: 'interview' })).names.at(-1), 'Storyboard.pdf')
})

test('filters are all of the contract’s operators, and all must hold', async () => {
  const by = (filter: unknown) => sorted({ filter })
  assert.deepEqual(await by({ label: { op: 'eq', value: 'approved' } }), ['interview bob.mov'])
  assert.deepEqual(await by({ filesize: { op: 'gt', value: 100 } }), ['interview bob.mov'])
  assert.deepEqual(
    await by({
      filesize: [
        { op: 'gte', value: '100' },
        { op: 'lt', value: 200 },
      ],
      name: { op: 'match', value: 'view ANA' },
    }),
    ['Interview_Ana-v2.mp4'],
  )
  assert.deepEqual(await by({ name: { op: 'match', value: '100%' } }), ['B-roll 100%.mov'])
  for (const value of ['b%roll', 'b_roll', 'b\\-roll'])
    assert.deepEqual(await by({ name: { op: 'match', value } }), [], 'signs of LIKE stand for themselves')
  assert.equal((await by({ 'creator.name': { op: 'eq', value: 'Ana' } })).length, 5)
  assert.equal((await by({ inserted_at: { op: 'lte', value: '2020-01-01' } })).length, 0)
  assert.equal(
    (await by({ project_id: ana.projectId, filetype: ['video/mp4', 'application/pdf'] })).length,
    3,
  )
  assert.equal((await by(JSON.stringify({ project_id: { op: 'eq', value: ana.projectId } }))).length, 5)
  assert.equal((await by({ unheard_of: { op: 'eq', value: 1 }, label: null })).length, 5)
  for (const filter of [
    { filesize: { op: 'gt', value: 'x' } },
    { project_id: 'x' },
    { label: { op: 'drop', value: 'x' } },
    { filesize: { op: 'lt', value: [1, 2] } },
  ])
    await assert.rejects(by(filter), { code: 'invalid' }, JSON.stringify(filter))
})

test('what is in the trash is found when asked for; folders by their type', async () => {
  assert.ok(!(await sorted({ q: 'gone' })).includes('Interview gone.mp4'))
  assert.deepEqual(await sorted({ q: 'gone', include_deleted: 'true' }), ['Interview gone.mp4'])
  assert.deepEqual(await sorted({ type: 'folder' }), ['Sales (folder)'])
})

test('pages are ten long, and the last and the one past it know the total', async () => {
  const page = await search({ q: 'interview', page_size: 3, page: 2 })
  assert.deepEqual([page.total, page.names.length], [4, 1])
  const past = await search({ q: 'interview', page_size: 3, page: 9 })
  assert.deepEqual([past.total, past.names.length], [4, 0])
  assert.equal(SearchAssets.parse({}).page_size, 10)
})

test('a collaborator finds nothing private, a stranger nothing at all', async () => {
  assert.ok(
    !(await sorted({ q: 'interview', project_id: ana.projectId }, friend)).includes('Secret interview.mp4'),
  )
  assert.equal((await search({ project_id: ana.projectId }, friend)).total, 4)
  assert.deepEqual(await sorted({ q: 'interview' }, bob.ctx), ['Interview of Bob.mp4'])
  assert.equal((await search({ q: 'interview', account_id: ana.accountId }, bob.ctx)).total, 0)
})

test('search and reading alone give one verdict', async () => {
  for (const ctx of [ana.ctx, bob.ctx, friend]) {
    const found = new Set((await search({ page_size: 500 }, ctx)).rows.map((row) => row.asset.id))
    const { rows } = await sql<{ id: string }>`select id from assets where type = 'file'`.execute(
      test_.core.db,
    )
    for (const { id } of rows) assert.equal(found.has(id), (await may(ctx, readAsset, id)) !== null)
  }
})

test('no text breaks it', async () => {
  const signs = fc.string({
    unit: fc.constantFrom(
      'a',
      'or',
      ' ',
      '"',
      '-',
      '%',
      '_',
      '\\',
      "'",
      ':',
      '*',
      '&',
      '|',
      '(',
      '<',
      '>',
      '!',
      'é',
      '😀',
    ),
  })
  await fc.assert(
    fc.asyncProperty(signs, async (q) => {
      assert.ok((await search({ q })).total >= 0)
    }),
    { numRuns: 200 },
  )
})
