import { LegacyError } from './legacy-error.ts'
import type { Pages } from './v2/client.ts'
import type { LegacyRecord } from './wire/codec.ts'
import { LIMITS } from './wire/json-pieces.ts'

/** No record is shorter, so a list of so many can't fit and is refused before it has begun. */
const SHORTEST_RECORD = 200

/** The rows of a list as legacy records, read from V2 page by page while the answer goes out. */
export function rows<T>(
  { total, pages }: Pages<T>,
  render: (page: T[]) => Promise<LegacyRecord[]> | LegacyRecord[],
): AsyncIterable<LegacyRecord> {
  if (total * SHORTEST_RECORD > LIMITS.bytes) throw new LegacyError('The list is too long for this API')
  return rendered(pages, render)
}

async function* rendered<T>(
  pages: AsyncIterable<T[]>,
  render: (page: T[]) => Promise<LegacyRecord[]> | LegacyRecord[],
) {
  for await (const page of pages) yield* await render(page)
}
