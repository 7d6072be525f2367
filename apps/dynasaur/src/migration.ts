import { Rejection } from './errors.ts'
import type { Item } from './schema/attribute.ts'
import type { DynamoTable, Fields, RecordOf } from './schema/dynamo-table.ts'
import type { Finding } from './schema/field.ts'
import type { Columns, PgTable, RowOf } from './target/pg-table.ts'

/** What a translator may say about a record besides its rows. */
export interface TranslateContext {
  /** Reports something odd; the record goes on. */
  note(code: string, path: string, detail: string): void
  /** Turns the record into a dead letter. */
  reject(code: string, path: string, detail: string): never
}

export type Targets = Record<string, PgTable<Columns>>

/** Takes a record's rows, one call a row; a column that the target lacks does not compile. */
export type Sinks<T extends Targets> = { [K in keyof T]: (row: RowOf<T[K]>) => void }

export interface MigrationDefinition<F extends Fields, T extends Targets> {
  source: DynamoTable<F>
  /** The first target gets one row a record, the others any number beside it. */
  into: T
  translate: (record: RecordOf<F>, to: Sinks<T>, context: TranslateContext) => void
}

/** What became of one item. */
export type Outcome =
  | { kind: 'rows'; rows: readonly (readonly Record<string, unknown>[])[]; findings: Finding[] }
  | { kind: 'dead'; code: string; path: string; detail: string; findings: Finding[] }

/** A source table, its targets and the way between, as the engine runs it. */
export interface Migration {
  readonly name: string
  readonly source: Pick<DynamoTable, 'name' | 'key' | 'fields'>
  readonly targets: readonly PgTable[]
  /** The translator's text: part of the plan's hash, so that a resumed run can't mix two rules. */
  readonly rule: string
  process(item: Item): Outcome
}

/** Joins a source to its targets; a column the target lacks, or a wrong type, does not compile. */
export function migration<F extends Fields, T extends Targets>(
  definition: MigrationDefinition<F, T>,
): Migration {
  const { source, into, translate } = definition
  const names = Object.keys(into)
  return {
    name: source.name,
    source,
    targets: Object.values(into),
    rule: translate.toString(),
    process(item) {
      const findings: Finding[] = []
      const note = (finding: Finding) => void findings.push(finding)
      const rows = names.map((): Record<string, unknown>[] => [])
      const sinks = names.map((name, index) => [
        name,
        (row: Record<string, unknown>) => void rows[index]?.push(row),
      ])
      try {
        translate(source.decode(item, note), Object.fromEntries(sinks) as Sinks<T>, contextFor(note))
        return { kind: 'rows', rows, findings }
      } catch (error) {
        if (!(error instanceof Rejection)) throw error
        const { code, path, detail } = error
        return { kind: 'dead', code, path, detail, findings }
      }
    },
  }
}

function contextFor(note: (finding: Finding) => void): TranslateContext {
  return {
    note: (code, path, detail) => note({ code, path, detail: detail.slice(0, 200) }),
    reject: (code, path, detail) => {
      throw new Rejection(code, path, detail)
    },
  }
}
