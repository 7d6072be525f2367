import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { copyInto } from '../load/copy.ts'
import { RowBuffer } from '../load/row-buffer.ts'
import { emptyDatabase } from '../testing-database.ts'
import { columns } from './column.ts'
import { columnList, createTableSql, pgTable } from './pg-table.ts'

const table = pgTable(
  'samples',
  {
    id: columns.int4(),
    t: columns.text().nullable(),
    u: columns.uuid().nullable(),
    b: columns.bool().nullable(),
    i: columns.int8().nullable(),
    f: columns.float8().nullable(),
    n: columns.numeric().nullable(),
    at: columns.timestamptz().nullable(),
    j: columns.jsonb().nullable(),
    y: columns.bytea().nullable(),
    a: columns.textArray().nullable(),
  },
  { key: ['id'] },
)

const text = fc
  .string({ unit: 'grapheme', maxLength: 300 })
  .map((value) => value.replaceAll('\0', '').toWellFormed())
const row = fc.record({
  t: fc.option(text),
  u: fc.option(fc.uuid()),
  b: fc.option(fc.boolean()),
  i: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  f: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  n: fc.option(fc.stringMatching(/^-?[0-9]{1,40}(\.[0-9]{1,40})?$/)),
  at: fc.option(
    fc
      .date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  ),
  j: fc.option(
    fc.jsonValue().map((value) => JSON.stringify({ value }).replaceAll('\\u0000', '').toWellFormed()),
  ),
  y: fc.option(fc.uint8Array({ maxLength: 50 })),
  a: fc.option(fc.array(text, { maxLength: 4 })),
})

test('the server reads back what the binary encoder wrote, for every column type', async () => {
  await using database = await emptyDatabase()
  await database.pool.query(createTableSql(table))
  const rows = fc.sample(row, 500).map((values, id) => ({ id, ...values }))
  const buffer = new RowBuffer(table)
  rows.forEach((values, owner) => {
    buffer.append([values], owner)
  })
  const client = await database.pool.connect()
  const copied = await copyInto(client, table.name, columnList(table), buffer.copyData(() => true).chunks)
  client.release()
  assert.equal(copied, rows.length)
  for (const { id, t, u, b, i, f, n, at, j, y, a } of rows) {
    const equal = await database.pool.query(
      `select t is not distinct from $2 and u is not distinct from $3 and b is not distinct from $4
          and i is not distinct from $5 and f is not distinct from $6 and n::text is not distinct from $7::numeric::text
          and at is not distinct from $8 and j is not distinct from $9::jsonb and y is not distinct from $10
          and a is not distinct from $11 as same from samples where id = $1`,
      [id, t, u, b, i, f, n, at, j, y && Buffer.from(y), a],
    )
    assert.equal(
      equal.rows[0].same,
      true,
      JSON.stringify(rows[id], (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
    )
  }
})
