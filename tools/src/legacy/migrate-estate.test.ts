import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '@rushes/db/testing'
import { openEmulator } from '@rushes/dynasaur/testing'
import { type EstateReport, migrateEstate, v2Id, verifyEstate } from '@rushes/migrator'
import { type LegacyEstate, makeEstate, writeEstate } from './estate.ts'

let estate: LegacyEstate
let emulator: Awaited<ReturnType<typeof openEmulator>>
let database: TestDatabase
let report: EstateReport
const options = () => ({ source: emulator.client, target: database.url })

before(async () => {
  estate = makeEstate({ seed: 2018, mess: 2 })
  ;[emulator, database] = await Promise.all([openEmulator(), testDatabase()])
  await writeEstate(emulator.client, estate)
  report = await migrateEstate(options())
})

after(async () => {
  await emulator?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

async function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return (await database.db.pool.query(sql, values)).rows
}

const damaged = (id: string) => estate.damage.find((hit) => hit.id === id)

test('each mess that loses something is reported, exactly as often as it was made', () => {
  const made = new Map<string, number>()
  for (const { code } of estate.damage) if (code) made.set(code, (made.get(code) ?? 0) + 1)
  const reported = new Map<string, number>()
  for (const { code, n } of report.quality) reported.set(code, (reported.get(code) ?? 0) + n)
  assert.deepEqual([...reported].sort(), [...made].sort())
  for (const { rule, code } of report.quality) assert.notEqual(rule, 'reported as it is', code)
})

test('no record is dead, and the source, what is staged and V2 agree', async () => {
  assert.deepEqual(
    report.tables.map(({ dead }) => dead),
    report.tables.map(() => 0),
  )
  const verdict = await verifyEstate(options())
  assert.deepEqual(
    verdict.published.flatMap(({ differences }) => differences),
    [],
  )
  assert.equal(verdict.ok, true)
})

test('people, teams and projects are what the world says', async () => {
  for (const user of estate.world.users) {
    const [row] = await rows<{ name: string; email: string; bio: string; account_id: string }>(
      'select * from users where id = $1',
      user.id,
    )
    assert.deepEqual([row?.name, row?.bio, row?.account_id], [user.name, user.bio, user.accountId])
    if (damaged(user.id)?.code !== 'email.taken')
      assert.match(row?.email ?? '', new RegExp(`^${user.email.split('@')[0]}`))
  }
  for (const team of estate.world.teams) {
    const members = await rows<{ user_id: string; role: string }>(
      'select user_id, role from team_members where team_id = $1',
      team.id,
    )
    assert.deepEqual(members.map(({ user_id }) => user_id).sort(), team.memberIds.toSorted())
    assert.deepEqual(
      members.filter(({ role }) => role === 'team_manager').map(({ user_id }) => user_id),
      team.managerIds,
    )
  }
  for (const project of estate.world.projects) {
    const [row] = await rows<{
      name: string
      private: boolean
      root_asset_id: string
      share: boolean
      download: boolean
    }>(
      `select p.*, s.collaborator_can_share as share, s.collaborator_can_download as download
         from projects p join project_preferences s on s.project_id = p.id and s.user_id is null where p.id = $1`,
      v2Id('project', project.id),
    )
    assert.equal(row?.root_asset_id, v2Id('folder', project.rootId))
    assert.deepEqual(
      [row?.name, row?.private, row?.share, row?.download],
      [project.name, project.private, true, false],
    )
  }
})

test('folders and stacks list their children in the legacy order, lost ones at the end, and counters are exact', async () => {
  for (const folder of estate.world.folders) {
    const listed = await rows<{ id: string }>(
      `select id from assets where parent_id = $1 and type <> 'folder' order by index`,
      v2Id('folder', folder.id),
    )
    const stacks = folder.stackIds.map((id) => v2Id('version_stack', id))
    const files = folder.fileIds.map((id) => v2Id('file_reference', id))
    assert.deepEqual(
      listed.map(({ id }) => id),
      [...stacks, ...files],
    )
  }
  assert.ok(estate.world.stacks.length > 10)
  for (const stack of estate.world.stacks) {
    const versions = await rows<{ id: string; version_number: number; is_cover: boolean }>(
      `select v.id, v.version_number, v.id = s.cover_asset_id as is_cover from assets v join assets s on s.id = v.parent_id
        where s.id = $1 order by v.version_number`,
      v2Id('version_stack', stack.id),
    )
    const expected = stack.fileIds.map((id, n) => {
      return {
        id: v2Id('file_reference', id),
        version_number: n + 1,
        is_cover: n + 1 === stack.fileIds.length,
      }
    })
    assert.deepEqual(versions, expected)
  }
  const [wrong] = await rows<{ n: number }>(
    `select count(*)::int as n from assets a where item_count <> (select count(*) from assets c where c.parent_id = a.id)
       or comment_count <> (select count(*) from comments c where c.asset_id = a.id and c.deleted_at is null)`,
  )
  assert.equal(wrong?.n, 0)
  const [heads] = await rows<{ n: number }>('select count(*)::int as n from project_heads')
  assert.equal(heads?.n, estate.world.projects.length)
  assert.deepEqual(await rows('select 1 from events'), [])
})

test('files keep size, exact rate and frames; comments keep frame, drawing, thread and likes', async () => {
  for (const file of estate.world.files) {
    const [row] = await rows<{
      name: string
      filesize: string
      frames: number
      rate: number
      status: string
    }>(
      `select a.name, a.filesize, a.status, m.frames, m.fps_num::float8 / m.fps_den as rate from assets a join asset_media m on m.asset_id = a.id where a.id = $1`,
      v2Id('file_reference', file.id),
    )
    const size = damaged(file.id)?.code === 'integer.syntax' ? 0n : file.filesize
    assert.deepEqual(
      [row?.name, BigInt(row?.filesize ?? -1), row?.frames, row?.status],
      [file.name, size, file.frames, 'transcoded'],
    )
    assert.ok(Math.abs((row?.rate ?? 0) - file.fps) < 0.001)
  }
  for (const comment of estate.world.comments) {
    const damage = damaged(comment.id)
    const [row] = await rows<{
      text: string
      timestamp: number
      annotation: string
      parent_id: string
      owner_id: string
      likes: string[]
    }>(
      `select c.*, array(select user_id::text from comment_impressions i where i.comment_id = c.id and i.type = 'like') as likes from comments c where id = $1`,
      comment.id,
    )
    if (damage?.code === 'comment.parked') {
      assert.equal(row, undefined)
      continue
    }
    if (damage?.field !== 'text') assert.equal(row?.text, comment.text)
    if (damage?.code === 'text.entities') assert.equal(row?.text, `${comment.text} & <b>`)
    assert.deepEqual(
      [row?.timestamp, row?.parent_id, row?.likes.sort()],
      [comment.frame, comment.parentId, comment.likerIds.toSorted()],
    )
    if (damage?.field !== 'master_key') assert.equal(row?.owner_id, comment.authorId)
    if (damage?.code !== 'json.syntax') assert.equal(row?.annotation, comment.drawing)
  }
})

test('legacy ids answer, byte for byte', async () => {
  const [file] = estate.world.files
  const found = await rows<{ id: string }>(
    `select id from legacy_ids where kind = 'file_reference' and legacy_id = $1`,
    file?.id,
  )
  assert.deepEqual(found, [{ id: v2Id('file_reference', file?.id ?? '') }])
  const [count] = await rows<{ n: number }>('select count(*)::int as n from legacy_ids')
  const { projects, folders, stacks, files } = estate.world
  assert.equal(count?.n, projects.length + folders.length + stacks.length + files.length)
})

test('migrating again writes nothing, and leaves alone what V2 changed since', async () => {
  const [comment] = estate.world.comments.filter(({ id }) => !damaged(id))
  await database.db.pool.query(
    `update comments set text = 'edited in V2', updated_at = now() where id = $1`,
    [comment?.id],
  )
  const again = await migrateEstate(options())
  assert.deepEqual(
    again.tables.map(({ changed }) => changed),
    again.tables.map(() => 0),
  )
  assert.deepEqual(
    again.published.map(({ written }) => written),
    again.published.map(() => 0),
  )
  assert.deepEqual(await rows('select text from comments where id = $1', comment?.id), [
    { text: 'edited in V2' },
  ])
  const verdict = await verifyEstate(options())
  assert.deepEqual(
    [verdict.ok, verdict.published.find(({ table }) => table === 'comments')?.changedSince],
    [true, 1],
  )
})

test('verify names row and column of a record altered on either side', async () => {
  const [, file] = estate.world.files.filter(({ id }) => !damaged(id))
  const id = v2Id('file_reference', file?.id ?? '')
  await database.db.pool.query(`update assets set name = name || '!' where id = $1`, [id])
  await database.db.pool.query(`update legacy.file_references set frames = frames + 1 where id = $1`, [id])
  const verdict = await verifyEstate(options())
  assert.equal(verdict.ok, false)
  const names = verdict.published.flatMap(({ differences }) =>
    differences.map(({ table, key, column }) => [table, key, column]),
  )
  assert.deepEqual(names, [
    ['assets', id, 'name'],
    ['asset_media', id, 'frames'],
  ])
  const staged = verdict.staged.flatMap(({ differences }) =>
    differences.map(({ table, key, column }) => [table, key, column]),
  )
  assert.deepEqual(staged, [['legacy.file_references', `["${id}"]`, 'frames']])
})
