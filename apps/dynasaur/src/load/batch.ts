import type { DeadLetter } from '../ledger/letters.ts'
import { itemKey } from '../ledger/letters.ts'
import type { Migration } from '../migration.ts'
import type { Item } from '../schema/attribute.ts'
import type { Finding } from '../schema/field.ts'
import { RowBuffer } from './row-buffer.ts'

/** Items of consecutive pages, read, translated and encoded, until it is big enough to commit. */
export class Batch {
  readonly migration: Migration
  readonly buffers: readonly RowBuffer[]
  /** Items that have rows, by entry number. */
  readonly entries: { key: string; item: Item }[] = []
  readonly dead: DeadLetter[] = []
  readonly found: { key: string; finding: Finding }[] = []
  readonly #refused: ReadonlySet<string>
  items = 0

  /** `refused` are keys of records the server would not take before: dead letters without another try. */
  constructor(migration: Migration, refused: ReadonlySet<string> = new Set()) {
    this.migration = migration
    this.#refused = refused
    this.buffers = migration.targets.map((target) => new RowBuffer(target))
  }

  get bytes(): number {
    return this.buffers.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** Adds an item; what can't be read or encoded goes to `dead`. */
  add(item: Item): void {
    this.items++
    const key = itemKey(item, this.migration.source.key)
    const outcome = this.migration.process(item)
    for (const finding of outcome.findings) this.found.push({ key, finding })
    if (outcome.kind === 'dead') {
      const { code, path, detail } = outcome
      this.dead.push({ key, code, path, detail, item })
      return
    }
    const problem = this.#refused.has(key) ? 'refused before' : this.#encode(outcome.rows)
    if (problem) this.dead.push({ key, code: 'target.value', path: '', detail: problem, item })
    else this.entries.push({ key, item })
  }

  clear(): void {
    for (const buffer of this.buffers) buffer.clear()
    this.entries.length = this.dead.length = this.found.length = this.items = 0
  }

  #encode(rows: readonly (readonly Record<string, unknown>[])[]): string | undefined {
    const owner = this.entries.length
    try {
      this.buffers.forEach((buffer, index) => {
        buffer.append(rows[index] ?? [], owner)
      })
      return undefined
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      for (const buffer of this.buffers) buffer.dropLast(owner)
      return error.message
    }
  }
}
