import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openDb } from './open.ts'
import { testDatabase } from './testing.ts'

test('statements with parameters are prepared once a connection, by one name', async () => {
  await using database = await testDatabase({ poolSize: 1 })
  const { kysely, pool } = database.db
  for (const n of [1, 2, 3]) await sql`select ${n}::int as n`.execute(kysely)
  const { rows } = await pool.query(
    `select statement from pg_prepared_statements where statement like 'select $1::int%'`,
  )
  assert.equal(rows.length, 1)
})

test('the pool may be asked directly on a connection that Kysely has used', async () => {
  await using database = await testDatabase({ poolSize: 1 })
  const { kysely, pool } = database.db
  await sql`select ${1}::int as n`.execute(kysely)
  const { rows } = await pool.query('select $1::int + 1 as n', [1])
  assert.equal(rows[0].n, 2)
})

test('a read-only handle refuses to write', async () => {
  await using database = await testDatabase()
  await using reader = openDb({ url: database.url, readOnly: true })
  await assert.rejects(sql`create table x (id int)`.execute(reader.kysely), { code: '25006' })
})
