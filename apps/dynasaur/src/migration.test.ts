import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columns, dynamoTable, field, migration, pgTable } from './index.ts'

const source = dynamoTable(
  'things',
  { key: ['id'], nulls: ['JTNullValue'], unknown: 'collect' },
  {
    id: field.text(),
    size: field.integer().optional(),
    tags: field.list(field.text()).default([]).alias('tag_keys'),
  },
)
const things = pgTable(
  'things',
  { id: columns.text(), size: columns.int8().nullable(), extra: columns.jsonb().nullable() },
  { key: ['id'] },
)
const tags = pgTable(
  'tags',
  { thing: columns.text(), tag: columns.text() },
  { key: ['thing', 'tag'], ownedBy: 'thing' },
)

const subject = migration({
  source,
  into: { things, tags },
  translate: ({ id, size, tags, unknownAttributes }, to, { note, reject }) => {
    if (id === 'bad') reject('id.bad', 'id', 'bad by rule')
    if (size === 0n) note('size.zero', 'size', 'nothing in it')
    to.things({ id, size, extra: unknownAttributes })
    for (const tag of tags) to.tags({ thing: id, tag })
  },
})

test('a record becomes rows for each target, and unknown attributes are kept and counted', () => {
  const outcome = subject.process({
    id: { S: 'a' },
    size: { S: '0' },
    tag_keys: { S: '["x","y"]' },
    odd: { N: '1.10' },
  })
  assert.deepEqual(outcome, {
    kind: 'rows',
    rows: [
      [{ id: 'a', size: 0n, extra: '{"odd":1.10}' }],
      [
        { thing: 'a', tag: 'x' },
        { thing: 'a', tag: 'y' },
      ],
    ],
    findings: [
      { code: 'attribute.unknown', path: 'odd', detail: 'collected' },
      { code: 'size.zero', path: 'size', detail: 'nothing in it' },
    ],
  })
})

test('a record that field or translator refuses is dead, with code and path', () => {
  assert.deepEqual(subject.process({ id: { S: 'bad' } }), {
    kind: 'dead',
    code: 'id.bad',
    path: 'id',
    detail: 'bad by rule',
    findings: [],
  })
  const { kind, code, path } = subject.process({ id: { S: 'a' }, size: { S: 'x' } }) as {
    kind: string
    code: string
    path: string
  }
  assert.deepEqual([kind, code, path], ['dead', 'integer.syntax', 'size'])
})

test('unknown attributes can be refused, and known ones ignored for a reason', () => {
  const options = { key: ['id'], unknown: 'reject', ignore: { shadow: 'a copy of id' } } as const
  const strict = dynamoTable('strict', options, { id: field.text() })
  assert.equal(strict.decode({ id: { S: 'a' }, shadow: { S: 'a' } }, () => {}).id, 'a')
  assert.throws(() => strict.decode({ id: { S: 'a' }, odd: { S: 'x' } }, () => {}), {
    code: 'attribute.unknown',
    path: 'odd',
  })
})

test('two fields may not claim one attribute', () => {
  const twice = { id: field.text(), other: field.text().alias('id') }
  assert.throws(() => dynamoTable('twice', { key: ['id'], unknown: 'reject' }, twice), {
    code: 'definition_invalid',
  })
})

// Never called: the compiler reads it, and what follows each expectation must fail to compile.
export function wrongDefinitionsDoNotCompile(): void {
  migration({
    source,
    into: { things },
    translate: ({ id, tags, ...record }, to) => {
      // @ts-expect-error a column that the target lacks
      to.things({ id, size: null, extra: null, nmae: id })
      // @ts-expect-error a column left out
      to.things({ id, size: null })
      // @ts-expect-error text into a bigint column
      to.things({ id, size: id, extra: null })
      // @ts-expect-error null into a column that takes none
      to.things({ id: null, size: null, extra: null })
      // @ts-expect-error a list where a text goes
      to.things({ id: tags, size: null, extra: null })
      // @ts-expect-error a field that the source lacks
      to.things({ id: record.name, size: null, extra: null })
      // @ts-expect-error a target that is not among `into`
      to.labels({ id })
    },
  })
  // @ts-expect-error a key column that is none
  pgTable('t', { id: columns.text() }, { key: ['uid'] })
}
