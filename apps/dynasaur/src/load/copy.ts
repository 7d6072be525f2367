import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const WRITE_BYTES = 256 * 1024

/** COPY of a prepared stream into `table`; gives the number of rows the server took, and throws the server's error. */
export async function copyInto(
  client: ClientBase,
  table: string,
  columns: string,
  chunks: Buffer[],
): Promise<number> {
  const copy = client.query(copyFrom(`copy ${table} (${columns}) from stdin (format binary)`))
  await pipeline(Readable.from(coalesced(chunks)), copy)
  return copy.rowCount
}

// Many small writes make pg-copy-streams dozens of times slower, one huge write holds a second copy of the batch.
function* coalesced(chunks: Buffer[]): Generator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += WRITE_BYTES) {
      const part = chunk.subarray(start, start + WRITE_BYTES)
      waiting.push(part)
      size += part.length
      if (size < WRITE_BYTES) continue
      yield Buffer.concat(waiting)
      waiting = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(waiting)
}
