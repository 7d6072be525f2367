/** Bytes appended to one buffer that doubles as needed and is reused batch after batch. */
export class ByteWriter {
  #buffer: Buffer
  #length = 0

  constructor(capacity = 64 * 1024) {
    this.#buffer = Buffer.allocUnsafe(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** The bytes written from `start` to `end`; valid until the next write. */
  slice(start = 0, end = this.#length): Buffer {
    return this.#buffer.subarray(start, end)
  }

  /** Forgets what stands after `length`. */
  truncate(length: number): void {
    this.#length = length
  }

  #reserve(bytes: number): number {
    const start = this.#length
    const needed = start + bytes
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
      this.#buffer.copy(grown, 0, 0, start)
      this.#buffer = grown
    }
    this.#length = needed
    return start
  }

  uint8(value: number): void {
    const start = this.#reserve(1)
    this.#buffer.writeUInt8(value, start)
  }

  int16(value: number): void {
    const start = this.#reserve(2)
    this.#buffer.writeInt16BE(value, start)
  }

  int32(value: number): void {
    const start = this.#reserve(4)
    this.#buffer.writeInt32BE(value, start)
  }

  int64(value: bigint): void {
    const start = this.#reserve(8)
    this.#buffer.writeBigInt64BE(value, start)
  }

  double(value: number): void {
    const start = this.#reserve(8)
    this.#buffer.writeDoubleBE(value, start)
  }

  hex(digits: string): void {
    const start = this.#reserve(digits.length / 2)
    this.#buffer.write(digits, start, 'hex')
  }

  bytes(bytes: Uint8Array): void {
    const start = this.#reserve(bytes.length)
    this.#buffer.set(bytes, start)
  }

  utf8(text: string): void {
    const size = Buffer.byteLength(text)
    const start = this.#reserve(size)
    this.#buffer.write(text, start, size)
  }

  /** Whatever `write` appends, preceded by its length as Postgres' binary format wants it. */
  sized(write: () => void): void {
    const start = this.#reserve(4)
    write()
    this.#buffer.writeInt32BE(this.#length - start - 4, start)
  }
}
