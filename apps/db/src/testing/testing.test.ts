import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '../testing.ts'

test('clones are migrated, apart from each other, and can be made at the same time', async () => {
  await using databases = new AsyncDisposableStack()
  const [one, other] = await Promise.all([1, 2].map(async () => databases.use(await testDatabase())))
  assert.notEqual(one!.url, other!.url)
  await sql`create table only_here (id int)`.execute(one!.db.kysely)
  const { rows } =
    await sql`select to_regclass('events') as events, to_regclass('only_here') as only_here`.execute(
      other!.db.kysely,
    )
  assert.deepEqual(rows, [{ events: 'events', only_here: null }])
})

test('a database is gone after disposal unless the test asked to keep it', async () => {
  await using server = await testDatabase()
  const exists = async (url: string) => {
    const name = new URL(url).pathname.slice(1)
    const { rows } = await sql`select from pg_database where datname = ${name}`.execute(server.db.kysely)
    return rows.length === 1
  }
  const gone = await testDatabase()
  await gone[Symbol.asyncDispose]()
  assert.equal(await exists(gone.url), false)
  const kept = await testDatabase({ keep: () => true })
  await kept[Symbol.asyncDispose]()
  assert.equal(await exists(kept.url), true)
  await sql.raw(`drop database ${new URL(kept.url).pathname.slice(1)}`).execute(server.db.kysely)
})

test('a database alone on its server does not see the horizon that others hold back', async () => {
  await using shared = await testDatabase()
  await using alone = await testDatabase({ alone: true })
  const horizon = sql<{
    behind: boolean
  }>`select pg_snapshot_xmin(pg_current_snapshot()) < pg_snapshot_xmax(pg_current_snapshot()) as behind`
  await shared.db.kysely.transaction().execute(async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx)
    await sql`create table later ()`.execute(shared.db.kysely)
    assert.deepEqual((await horizon.execute(shared.db.kysely)).rows, [{ behind: true }])
    assert.deepEqual((await horizon.execute(alone.db.kysely)).rows, [{ behind: false }])
  })
})
