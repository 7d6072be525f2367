import { columns, dynamoTable, field, type Item, migration, pgTable } from './index.ts'

const source = dynamoTable(
  'notes',
  { key: ['id'], nulls: ['JTNullValue'], unknown: 'collect' },
  {
    id: field.text(),
    size: field.integer(),
    body: field.json(),
    tags: field.list(field.text()).default([]),
  },
)

export const notes = pgTable(
  'notes',
  {
    id: columns.text(),
    size: columns.int8(),
    body: columns.jsonb(),
    short: columns.int4(),
    extra: columns.jsonb().nullable(),
  },
  { key: ['id'] },
)

export const noteTags = pgTable(
  'note_tags',
  { note: columns.text(), tag: columns.text(), position: columns.int4() },
  { key: ['note', 'tag'], ownedBy: 'note' },
)

/** A small estate for the engine's tests, by hand and through the command line. */
export const migrations = [
  migration({
    source,
    into: { notes, noteTags },
    translate: ({ id, size, body, tags, unknownAttributes }, to) => {
      to.notes({ id, size, body, short: Number(size), extra: unknownAttributes })
      for (const [position, tag] of tags.entries()) to.noteTags({ note: id, tag, position })
    },
  }),
]

/** Item `n`: a number, a JSON payload and two tags. */
export function noteItem(n: number): Item {
  return {
    id: { S: `note-${n}` },
    size: { S: `${n}.0` },
    body: { S: JSON.stringify({ n, text: 'x'.repeat(200) }) },
    tags: { S: JSON.stringify([`a${n % 7}`, `b${n % 5}`]) },
  }
}

/** Items 0 to `count` - 1. */
export function noteItems(count: number): Item[] {
  return Array.from({ length: count }, (_, n) => noteItem(n))
}
