import type { Upload } from '../blob-store.ts'

/** A region of a file of `size` bytes cut into chunks: part i of it begins at i * chunk. */
export interface Placement {
  readonly chunk: number
  readonly offset: number
}

/**
 * Where a part of `length` bytes lies in the finished file, told from its length and the ways known clients cut: into
 * ceil(size / parts) bytes, one more than that, or floor(size / parts) with the remainder in the last part (v2-api 5.1).
 * A wrong guess costs a copy and nothing else. Null when the length tells nothing; then the part must wait beside the file
 * for its neighbours. A single part is always null: its own file simply becomes the object.
 */
export function placement(upload: Upload, index: number, length: number): Placement | null {
  const { size, partCount } = upload
  if (partCount === 1 || length === 0) return null
  const even = Math.ceil(size / partCount)
  const chunks = [even, even + 1, Math.floor(size / partCount)]
  const fitting = chunks.filter((chunk) => chunk > 0 && length === regionSize(upload, index, chunk))
  const chunk = fitting.find((whole) => whole === length) ?? fitting[0]
  return chunk === undefined ? null : { chunk, offset: index * chunk }
}

/** How many bytes part `index` has when the file is cut into chunks; the last part takes what is left, 0 when nothing is. */
export function regionSize({ size, partCount }: Upload, index: number, chunk: number): number {
  const left = Math.max(0, size - index * chunk)
  return index === partCount - 1 ? left : Math.min(chunk, left)
}
