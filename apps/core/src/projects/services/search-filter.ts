import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { invalid } from '../../errors.ts'
import { datetime, id, number, text } from '../../input.ts'
import { escapeLike } from './search-text.ts'

const MOST_TERMS = 50

/** `filter` of a search (v2 section 2.5): an object, or its JSON text where it came in a query. */
export const SearchFilter = z
  .preprocess(readJson, z.record(z.string().max(100), z.unknown()))
  .refine((filter) => Object.keys(filter).length <= MOST_TERMS, 'has too many fields')

function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

interface Field {
  column: RawBuilder<unknown>
  type: 'uuid' | 'text' | 'timestamptz' | 'float8'
}

const at = (column: string): Field => ({ column: sql.ref(`a.${column}`), type: 'timestamptz' })
const uuid = (column: string): Field => ({ column: sql.ref(`a.${column}`), type: 'uuid' })
const words = (column: string): Field => ({ column: sql.ref(`a.${column}`), type: 'text' })

const fields = new Map<string, Field>([
  ['account_id', uuid('account_id')],
  ['team_id', uuid('team_id')],
  ['project_id', uuid('project_id')],
  ['parent_id', uuid('parent_id')],
  ['creator_id', uuid('creator_id')],
  ['creator.id', uuid('creator_id')],
  ['type', words('type')],
  ['label', words('label')],
  ['name', words('name')],
  ['filetype', words('filetype')],
  ['creator.name', { column: sql`(select u.name from users u where u.id = a.creator_id)`, type: 'text' }],
  ['inserted_at', at('inserted_at')],
  ['updated_at', at('updated_at')],
  ['uploaded_at', at('uploaded_at')],
  ['filesize', { column: sql.ref('a.filesize'), type: 'float8' }],
])

const values = {
  uuid: id(),
  text: text(1000),
  timestamptz: z.union([datetime(), z.iso.date()]),
  float8: number(),
} satisfies Record<Field['type'], z.ZodType>

const comparisons = new Map([
  ['gt', sql`>`],
  ['gte', sql`>=`],
  ['lt', sql`<`],
  ['lte', sql`<=`],
])

/**
 * SQL over assets `a` for a filter: every term of it holds. Fields that search doesn't know are left out (H6). Throws
 * `invalid` for a value that its field can't have, or an operator that isn't V2's.
 */
export function filterSql(filter: Record<string, unknown>): RawBuilder<boolean> {
  const terms = Object.entries(filter).flatMap(([name, given]) => {
    const field = fields.get(name)
    return field ? termsOf(given).map((term) => termSql(name, field, term)) : []
  })
  return terms.length === 0 ? sql`true` : sql`(${sql.join(terms, sql` and `)})`
}

interface Term {
  op: string
  value: unknown
}

/** `{op, value}`, several of them, or a bare value (or list of values), which then must be equal. */
function termsOf(given: unknown): Term[] {
  if (given === null) return []
  if (Array.isArray(given) && given.some(isTerm)) return given.slice(0, MOST_TERMS).flatMap(termsOf)
  if (isTerm(given)) return given.value === null ? [] : [{ op: String(given.op ?? 'eq'), value: given.value }]
  return [{ op: 'eq', value: given }]
}

function isTerm(given: unknown): given is { op?: unknown; value?: unknown } {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

function termSql(name: string, { column, type }: Field, { op, value }: Term): RawBuilder<boolean> {
  const read = z.union([z.array(values[type]).max(500), values[type]]).safeParse(value)
  if (!read.success) throw invalid(`filter.${name}`, `filter.${name} has a value that it can not have`)
  const found = [read.data].flat()
  if (op === 'match' && type === 'text') return matches(column, found.map(String))
  if (op === 'eq' || op === 'match') return sql`${column} = any(${found}::${sql.raw(type)}[])`
  const comparison = comparisons.get(op)
  if (!comparison || found.length !== 1) throw invalid(`filter.${name}`, `filter.${name} can not use ${op}`)
  return sql`${column} ${comparison} ${found[0]}::${sql.raw(type)}`
}

/** Every word of one of the texts is somewhere in the column. */
function matches(column: RawBuilder<unknown>, texts: string[]): RawBuilder<boolean> {
  const patterns = texts.map((one) =>
    one
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => `%${escapeLike(word)}%`),
  )
  if (patterns.length === 0) return sql`false`
  return sql`(${sql.join(
    patterns.map((words) => sql`${column} ilike all(${words}::text[])`),
    sql` or `,
  )})`
}
