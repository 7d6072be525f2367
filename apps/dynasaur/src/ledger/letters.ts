import type { ClientBase } from 'pg'
import type { Item } from '../schema/attribute.ts'
import type { Finding } from '../schema/field.ts'
import type { Chunk } from './chunks.ts'

const SAMPLES_KEPT = 5

/** A record that could not be loaded, whole, with the reason. */
export interface DeadLetter {
  key: string
  code: string
  path: string
  detail: string
  item: Item
}

/** An item's key attributes as JSON, the name a record goes by in ledger and reports. */
export function itemKey(item: Item, key: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(key.map((name) => [name, Object.values(item[name] ?? {})[0]])),
    bytesAsBase64,
  )
}

/** Writes dead letters, inside the batch's transaction. */
export async function writeDeadLetters(
  client: ClientBase,
  chunk: Chunk,
  table: string,
  letters: DeadLetter[],
): Promise<void> {
  if (letters.length === 0) return
  const column = (pick: (letter: DeadLetter) => string) => letters.map(pick)
  await client.query(
    `insert into _mig.deadletter (run, chunk, tbl, key, code, path, detail, raw)
     select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
     on conflict (run, key) do update set code = excluded.code, path = excluded.path, detail = excluded.detail, raw = excluded.raw`,
    [
      chunk.run,
      chunk.id,
      table,
      column(({ key }) => withoutNul(key)),
      column(({ code }) => code),
      column(({ path }) => withoutNul(path)),
      column(({ detail }) => withoutNul(detail)),
      column(({ item }) => JSON.stringify(item, bytesAsBase64)),
    ],
  )
}

/** Adds findings up by code and path, with a few keys each, inside the batch's transaction. */
export async function writeFindings(
  client: ClientBase,
  chunk: Chunk,
  found: { key: string; finding: Finding }[],
): Promise<void> {
  const groups = Map.groupBy(found, ({ finding }) => JSON.stringify([finding.code, pathName(finding.path)]))
  for (const [group, members] of groups) {
    const [code, path] = JSON.parse(group)
    const samples = members
      .slice(0, SAMPLES_KEPT)
      .map(({ key, finding }) => withoutNul(`${key} ${finding.detail}`))
    await client.query(
      `insert into _mig.finding as f (run, chunk, code, path, n, samples) values ($1, $2, $3, $4, $5, $6)
       on conflict (run, chunk, code, path) do update
          set n = f.n + excluded.n, samples = (f.samples || excluded.samples)[1:${SAMPLES_KEPT}]`,
      [chunk.run, chunk.id, code, path, members.length, samples],
    )
  }
}

/** A path without its element numbers, so that findings group. */
function pathName(path: string): string {
  return withoutNul(path.replace(/\[\d+\]/g, '[]'))
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

function bytesAsBase64(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}
