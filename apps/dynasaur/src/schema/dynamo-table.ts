import { DynasaurError, Rejection } from '../errors.ts'
import { type Attribute, type Item, itemJson } from './attribute.ts'
import type { Decode, Field, Finding, Read } from './field.ts'
import { text } from './scalars.ts'

export type Fields = Record<string, Field<unknown>>

/** What happens to attributes that no field names: kept together as JSON, refused, or dropped for a stated reason. */
export type UnknownPolicy = 'collect' | 'reject' | { drop: string }

export interface DynamoTableOptions {
  /** Key attributes: partition key, then sort key if there is one. */
  key: readonly string[]
  /** Spellings of null in this table. */
  nulls?: readonly string[]
  /** Spellings that slipped in: null all the same, with a finding each. */
  oddNulls?: readonly string[]
  unknown: UnknownPolicy
  /** Attributes that are known and not wanted, each with the reason. */
  ignore?: Readonly<Record<string, string>>
}

/** An item read: its fields, and what `collect` kept of the rest as JSON text (null when there was nothing). */
export type RecordOf<F extends Fields> = { [K in keyof F]: Read<F[K]> } & { unknownAttributes: string | null }

/** A source table: its name, key and typed fields, compiled once. */
export interface DynamoTable<F extends Fields = Fields> {
  readonly name: string
  readonly key: readonly string[]
  readonly fields: readonly string[]
  /** Reads an item; `note` hears what was odd. Throws Rejection for a dead letter. */
  decode(item: Item, note: (finding: Finding) => void): RecordOf<F>
}

interface Compiled {
  name: string
  sources: readonly string[]
  decode: Decode<unknown>
}

/** Declares a DynamoDB table. Throws `definition_invalid` when two fields claim one attribute. */
export function dynamoTable<F extends Fields>(
  name: string,
  { key, nulls = [], oddNulls = [], unknown, ignore = {} }: DynamoTableOptions,
  fields: F,
): DynamoTable<F> {
  const compiled = Object.entries(fields).map(([field, spec]): Compiled => {
    return {
      name: field,
      sources: [field, ...spec.aliases],
      decode: spec.compile({ usual: nulls, odd: oddNulls }),
    }
  })
  const claimed = claim(name, compiled, Object.keys(ignore))
  return {
    name,
    key,
    fields: Object.keys(fields),
    decode: (item, note) => {
      const record: Record<string, unknown> = {}
      for (const { name: field, sources, decode } of compiled) {
        record[field] = decode(firstPresent(item, sources), { path: field, note })
      }
      record.unknownAttributes = readUnknown(item, claimed, unknown, note)
      return record as RecordOf<F>
    },
  }
}

function claim(table: string, compiled: Compiled[], ignored: string[]): Set<string> {
  const names = [...compiled.flatMap(({ sources }) => sources), ...ignored]
  const claimed = new Set(names)
  if (claimed.size === names.length) return claimed
  throw new DynasaurError('definition_invalid', `${table}: two fields claim the same attribute`)
}

function firstPresent(item: Item, names: readonly string[]): Attribute | undefined {
  for (const name of names) if (Object.hasOwn(item, name)) return item[name]
  return undefined
}

function readUnknown(
  item: Item,
  claimed: Set<string>,
  policy: UnknownPolicy,
  note: (finding: Finding) => void,
): string | null {
  const unknown = Object.keys(item).filter((name) => !claimed.has(name))
  if (unknown.length === 0) return null
  if (policy === 'reject') throw new Rejection('attribute.unknown', unknown[0] ?? '', unknown.join(', '))
  for (const name of unknown) {
    note({ code: 'attribute.unknown', path: name, detail: policy === 'collect' ? 'collected' : policy.drop })
  }
  if (policy !== 'collect') return null
  return itemJson(Object.fromEntries(unknown.map((name) => [name, mended(item[name] ?? { NULL: true })])))
}

const plainText = text().compile({ usual: [], odd: [] })

function mended(value: Attribute): Attribute {
  return value.S === undefined ? value : { S: plainText(value, { path: '', note: () => {} }) }
}
