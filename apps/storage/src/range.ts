import type { ByteRange } from './blob-store.ts'

/**
 * What to answer to a Range header (RFC 9110 section 14): `whole` is 200, a range is 206, `unsatisfiable` is 416. An end past the
 * last byte is clamped, since a common client always asks for one byte too many. What isn't a byte range is ignored; more
 * than one range is refused, so that no request can ask for more bytes than the object has. An empty object is always
 * sent whole: it has no byte to start from, and a 416 would make it impossible to download.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  if (header === undefined || size === 0) return 'whole'
  if (/^\s*bytes\s*=[^,]*,/i.test(header)) return 'unsatisfiable'
  const [, from, to] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header) ?? []
  if (from === undefined || to === undefined || from + to === '') return 'whole'
  if (from === '') return suffix(Number(to), size)
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start >= size) return 'unsatisfiable'
  return start <= Number(to === '' ? end : to) ? { start, end } : 'whole'
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  return length === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 }
}
