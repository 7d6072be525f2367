import { messes } from './messes.ts'
import type { Random } from './random.ts'
import type { LegacyRecord, Records, TableName } from './records.ts'

/** One thing that was broken, and the finding that a migration must report for it; `code` is null where nothing is lost. */
export interface Damage {
  mess: string
  table: TableName
  id: string
  field: string
  before: string
  after: string
  code: string | null
}

/** A kind of mess: where it strikes, how often, and what it does to a record. */
export interface Mess {
  /** As in the table of messes of the legacy contract. */
  name: string
  table: TableName
  field: string
  rate: number
  code: string | null
  /** The damaged value; undefined when this record doesn't lend itself. May change other records that belong to it. */
  apply(record: LegacyRecord, estate: Estate): string | boolean | undefined
}

/** The records with what a mess needs to find others by. */
export interface Estate {
  records: Records
  random: Random
  find(table: TableName, id: string): LegacyRecord | undefined
  /** Keeps later messes away from a record. */
  reserve(id: string): void
  isFree(id: string): boolean
}

/**
 * Breaks records at each mess's rate, at least once where there is a record to break, and logs every hit. A record is hit
 * once at most, so that what a migration reports can be counted against the log.
 */
export function damageEstate(records: Records, random: Random, factor = 1): Damage[] {
  const byId = new Map(
    Object.values(records).flatMap((table) => table.map((record) => [record.id, record] as const)),
  )
  const reserved = new Set<string>()
  const estate: Estate = {
    records,
    random,
    find: (table, id) => (records[table].includes(byId.get(id) as LegacyRecord) ? byId.get(id) : undefined),
    reserve: (id) => void reserved.add(id),
    isFree: (id) => !reserved.has(id),
  }
  return messes.flatMap((mess) => strike(mess, estate, factor))
}

function strike(mess: Mess, estate: Estate, factor: number): Damage[] {
  const { table, field, rate, code, name } = mess
  const hits: Damage[] = []
  const wanted = Math.max(1, Math.round(estate.records[table].length * rate * factor))
  for (const record of estate.random.some(estate.records[table], estate.records[table].length)) {
    if (hits.length === wanted) break
    if (!estate.isFree(record.id)) continue
    const after = mess.apply(record, estate)
    if (after === undefined) continue
    hits.push({
      mess: name,
      table,
      id: record.id,
      field,
      before: String(record[field] ?? ''),
      after: String(after),
      code,
    })
    record[field] = after
    estate.reserve(record.id)
  }
  return hits
}
