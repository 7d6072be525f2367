import type { Legacy, LegacyRecord } from './codec.ts'

/** An answer as JSON text, piece by piece, so that a list never stands in memory as a whole. */
export async function* jsonPieces(value: Legacy): AsyncGenerator<string> {
  if (typeof value === 'string' || isWhole(value)) yield JSON.stringify(value)
  else if (isList(value)) yield* joined('[', listPieces(value), ']')
  else yield* joined('{', recordPieces(value), '}')
}

/** Whether nothing in it has still to be read: most records are, and are written at once. */
function isWhole(value: Legacy): boolean {
  if (typeof value === 'string') return true
  return !(Symbol.asyncIterator in value) && Object.values(value).every(isWhole)
}

function isList(value: Legacy): value is Legacy[] | AsyncIterable<Legacy> {
  return Array.isArray(value) || (typeof value === 'object' && Symbol.asyncIterator in value)
}

async function* listPieces(items: Legacy[] | AsyncIterable<Legacy>) {
  for await (const item of items) yield jsonPieces(item)
}

function* recordPieces(record: LegacyRecord) {
  for (const [key, value] of Object.entries(record)) yield member(key, value)
}

async function* member(key: string, value: Legacy) {
  yield `${JSON.stringify(key)}:`
  yield* jsonPieces(value)
}

type Members = Iterable<AsyncGenerator<string>> | AsyncIterable<AsyncGenerator<string>>

async function* joined(open: string, members: Members, close: string) {
  let mark = open
  for await (const member of members) {
    yield mark
    yield* member
    mark = ','
  }
  yield mark === open ? open + close : close
}

/** How large and how slow one answer may be. */
export interface Limits {
  bytes: number
  seconds: number
}

export const LIMITS: Limits = { bytes: 32 * 2 ** 20, seconds: 30 }
const CHUNK = 16 * 1024

/**
 * The pieces in chunks fit for a socket. Past the limits it throws, which breaks the connection off: the legacy contract has
 * no pages, and a list that looks whole but isn't would be worse.
 */
export async function* chunked(pieces: AsyncIterable<string>, { bytes, seconds }: Limits = LIMITS) {
  const end = performance.now() + seconds * 1000
  let chunk = ''
  let sent = 0
  for await (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHUNK) continue
    sent += Buffer.byteLength(chunk)
    if (sent > bytes) throw new RangeError(`the answer is longer than ${bytes} bytes`)
    if (performance.now() > end) throw new RangeError(`the answer took longer than ${seconds} s`)
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}
