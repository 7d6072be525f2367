import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { migrations, noteItem, noteItems } from './engine-fixture.ts'
import { createTableSql, type Item, redrive, run, verify } from './index.ts'
import { openEmulator, writeTable } from './testing.ts'
import { emptyDatabase } from './testing-database.ts'

const small = { segments: 3, batchBytes: 8_000, pageItems: 20 }

async function loadable(items: ReturnType<typeof noteItems>) {
  const [emulator, database] = await Promise.all([openEmulator(), emptyDatabase()])
  await writeTable(emulator.client, 'notes', items)
  return {
    ...database,
    client: emulator.client,
    task: { migrations, source: emulator.client, target: database.url },
    [Symbol.asyncDispose]: async () => {
      await emulator[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('a table loads whole, with its joins, and loading again does nothing', async () => {
  await using estate = await loadable(noteItems(400))
  const [first] = await run({ ...estate.task, ...small })
  assert.ok(first)
  const { table, state, mode, items, rows, dead } = first
  assert.deepEqual(
    { table, state, mode, items, rows, dead },
    { table: 'notes', state: 'done', mode: 'copy', items: 400, rows: 1200, dead: 0 },
  )
  const { rows: sums } = await estate.pool.query(
    'select sum(size)::int as size, count(distinct id)::int as n from notes',
  )
  assert.deepEqual(sums, [{ size: (399 * 400) / 2, n: 400 }])
  assert.deepEqual(await run({ ...estate.task, ...small }), [first])
  const [verdict] = await verify(estate.task)
  assert.deepEqual([verdict?.ok, verdict?.different, verdict?.source], [true, 0, { now: 400, loaded: 400 }])
})

test('another pass writes only what changed, and replaces a record’s joins', async () => {
  await using estate = await loadable(noteItems(100))
  await run({ ...estate.task, ...small })
  const unchanged = await run({ ...estate.task, ...small, again: true })
  assert.deepEqual([unchanged[0]?.mode, unchanged[0]?.changed], ['upsert', 0])
  const edited = { ...noteItem(7), size: { S: '7000' }, tags: { S: '["b2","new"]' } }
  await estate.client.send(new PutItemCommand({ TableName: 'notes', Item: edited }))
  assert.equal((await verify(estate.task))[0]?.ok, false)
  const changed = await run({ ...estate.task, ...small, again: true })
  // The note, a tag that went, one that came, one that moved.
  assert.equal(changed[0]?.changed, 4)
  const { rows } = await estate.pool.query(
    `select tag from note_tags where note = 'note-7' order by position`,
  )
  assert.deepEqual(rows, [{ tag: 'b2' }, { tag: 'new' }])
  assert.equal((await verify(estate.task))[0]?.ok, true)
})

test('poison records become dead letters with stable codes, and the rest goes on', async () => {
  const poison = [
    { ...noteItem(1), id: { S: 'unreadable' }, size: { S: '4 parts' } },
    { ...noteItem(1), id: { S: 'too-big-for-int4' }, size: { S: String(2 ** 40) } },
    { ...noteItem(1), id: { S: 'refused-1' }, size: { S: '13' } },
    { ...noteItem(1), id: { S: 'refused-2' }, size: { S: '13' } },
  ]
  for (const mode of ['copy', 'upsert']) {
    await using estate = await loadable([...noteItems(10), ...poison])
    // A rule that only the server knows.
    await estate.pool.query(
      `${createTableSql(migrations[0]!.targets[0]!)}; alter table notes add constraint unlucky check (size <> 13)`,
    )
    if (mode === 'upsert') await estate.pool.query(`insert into notes values ('note-0', 0, '{}', 0)`)
    const [report] = await run({ ...estate.task, segments: 1 })
    assert.deepEqual([report?.mode, report?.items, report?.rows, report?.dead], [mode, 14, 30, 4])
    assert.deepEqual(report?.deadLetters, [
      { code: 'integer.syntax', path: 'size', n: 1 },
      { code: 'pg.23514', path: 'unlucky', n: 2 },
      { code: 'target.value', path: '', n: 1 },
    ])
    const { rows } = await estate.pool.query(
      `select key, raw::jsonb->'size'->>'S' as size from _mig.deadletter where code = 'integer.syntax'`,
    )
    assert.deepEqual(rows, [{ key: '{"id":"unreadable"}', size: '4 parts' }])
    const [verdict] = await verify(estate.task)
    assert.deepEqual([verdict?.ok, verdict?.dead], [true, 4], mode)
  }
})

test('once a rule is mended, redrive loads the dead letters and leaves those that are still dead', async () => {
  const poison = ['4 parts', '5 parts', 'nonsense'].map((size, n) => ({
    ...noteItem(n),
    id: { S: `poison-${n}` },
    size: { S: size },
  }))
  await using estate = await loadable([...noteItems(10), ...poison])
  assert.equal((await run({ ...estate.task, ...small }))[0]?.dead, 3)
  const mended = migrations.map((one) => ({
    ...one,
    process: (item: Item) =>
      one.process({ ...item, size: { S: (item.size?.S ?? '').replace(' parts', '') } }),
  }))
  const task = { migrations: mended, source: estate.client, target: estate.task.target }
  assert.deepEqual(await redrive({ ...task, code: 'another.code' }), [
    { table: 'notes', tried: 0, loaded: 0, dead: 0 },
  ])
  assert.deepEqual(await redrive(task), [{ table: 'notes', tried: 3, loaded: 2, dead: 1 }])
  const { rows } = await estate.pool.query('select key from _mig.deadletter')
  assert.deepEqual(rows, [{ key: '{"id":"poison-2"}' }])
  const [verdict] = await verify(task)
  assert.deepEqual([verdict?.ok, verdict?.dead, verdict?.targets[0]?.actual], [true, 1, 12])
  assert.equal((await run({ ...task, ...small, acceptChange: true }))[0]?.dead, 1)
})

test('verify names row and column of what was altered, lost or added behind its back', async () => {
  await using estate = await loadable(noteItems(50))
  await run({ ...estate.task, ...small })
  await estate.pool.query(`update notes set body = jsonb_set(body, '{n}', '0') where id = 'note-3'`)
  await estate.pool.query(`delete from note_tags where note = 'note-4' and tag = 'a4'`)
  await estate.pool.query(`insert into notes values ('stranger', 0, '{}', 0)`)
  await estate.client.send(new DeleteItemCommand({ TableName: 'notes', Key: { id: { S: 'note-5' } } }))
  const [verdict] = await verify(estate.task)
  assert.equal(verdict?.ok, false)
  const found = verdict?.differences
    .map(({ table, key, kind, column }) => [table, key, kind, column].join(' '))
    .sort()
  assert.deepEqual(found, [
    'note_tags ["note-4", "a4"] missing *',
    'note_tags ["note-5", "a5"] extra *',
    'note_tags ["note-5", "b0"] extra *',
    'notes ["note-3"] differs body',
    'notes ["note-5"] extra *',
    'notes ["stranger"] extra *',
  ])
})

test('a resumed run refuses rules that changed, unless told', async () => {
  await using estate = await loadable(noteItems(100))
  const stopped = AbortSignal.abort()
  await assert.rejects(run({ ...estate.task, ...small, signal: stopped }))
  const changed = migrations.map((migration) => ({ ...migration, rule: 'another' }))
  await assert.rejects(run({ ...estate.task, migrations: changed }), { code: 'plan_changed' })
  const [report] = await run({ ...estate.task, migrations: changed, acceptChange: true })
  assert.equal(report?.items, 100)
})

test('a target that is not as defined, or a source that is not there, is said before anything moves', async () => {
  await using estate = await loadable([])
  await estate.pool.query('create table notes (id text primary key, size integer)')
  await assert.rejects(run(estate.task), {
    code: 'target_mismatch',
    message: /notes\.size: defined as bigint, in the database integer/,
  })
  await estate.pool.query('drop table notes')
  const absent = migrations.map((migration) => ({
    ...migration,
    source: { ...migration.source, name: 'absent' },
  }))
  await assert.rejects(run({ ...estate.task, migrations: absent }), { code: 'source_missing' })
})
