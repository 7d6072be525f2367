import { ByteWriter } from '../target/byte-writer.ts'
import { encodeRow, type PgTable } from '../target/pg-table.ts'

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])

/** A batch's rows for one target, encoded once in binary COPY format; each remembers the entry it came from. */
export class RowBuffer {
  readonly target: PgTable
  readonly #bytes = new ByteWriter()
  readonly #ends: number[] = []
  readonly #owners: number[] = []

  constructor(target: PgTable) {
    this.target = target
  }

  get byteLength(): number {
    return this.#bytes.length
  }

  /** Appends rows of entry `owner`. Throws RangeError for a value its column can't hold; `dropLast` undoes the entry. */
  append(rows: readonly Record<string, unknown>[], owner: number): void {
    for (const row of rows) {
      encodeRow(this.target, row, this.#bytes)
      this.#ends.push(this.#bytes.length)
      this.#owners.push(owner)
    }
  }

  /** Removes what entry `owner`, the last one, appended. */
  dropLast(owner: number): void {
    while (this.#owners.at(-1) === owner) {
      this.#owners.pop()
      this.#ends.pop()
    }
    this.#bytes.truncate(this.#ends.at(-1) ?? 0)
  }

  clear(): void {
    this.#ends.length = 0
    this.#owners.length = 0
    this.#bytes.truncate(0)
  }

  /** A whole COPY stream of the rows whose owner is `wanted`, and those owners in order. */
  copyData(wanted: (owner: number) => boolean): { chunks: Buffer[]; owners: number[] } {
    const owners = this.#owners.filter(wanted)
    const chunks = owners.length === this.#owners.length ? [this.#bytes.slice()] : this.#rows(wanted)
    return { chunks: [HEADER, ...chunks, TRAILER], owners }
  }

  #rows(wanted: (owner: number) => boolean): Buffer[] {
    return this.#owners.flatMap((owner, row) => {
      return wanted(owner) ? [this.#bytes.slice(this.#ends[row - 1] ?? 0, this.#ends[row])] : []
    })
  }
}
