import type { ClientBase, Pool } from 'pg'
import { type Chunk, countChunk } from './ledger/chunks.ts'
import { writeDeadLetters } from './ledger/letters.ts'
import { openPool } from './ledger/open-pool.ts'
import { lastRun } from './ledger/runs.ts'
import { transaction, withClient } from './ledger/transaction.ts'
import { Batch } from './load/batch.ts'
import { loadRows } from './load/load-batch.ts'
import { createStaging } from './load/merge.ts'
import type { Migration } from './migration.ts'
import type { Item } from './schema/attribute.ts'

const LETTERS_AT_ONCE = 500

export interface RedriveOptions {
  migrations: readonly Migration[]
  target: string
  /** Only letters with this code. */
  code?: string
}

/** What another try made of a table's dead letters. */
export interface RedriveReport {
  table: string
  tried: number
  loaded: number
  dead: number
}

/**
 * Tries the dead letters of each table's newest run again, from the record as it was read, through the rules as they are
 * now. Those that load leave the dead letters in the same transaction; the others stay, with their reason of today.
 */
export async function redrive({ migrations, target, code }: RedriveOptions): Promise<RedriveReport[]> {
  await using pool = openPool(target, 1, 'dynasaur redrive')
  const reports: RedriveReport[] = []
  for (const migration of migrations) reports.push(await redriveTable(pool, migration, code ?? null))
  return reports
}

async function redriveTable(pool: Pool, migration: Migration, code: string | null): Promise<RedriveReport> {
  const report = { table: migration.name, tried: 0, loaded: 0, dead: 0 }
  const run = await lastRun(pool, migration.name)
  if (!run) return report
  return withClient(pool, async (client) => {
    await createStaging(client, migration.targets)
    for (let after = ''; ; ) {
      const letters = await nextLetters(client, run.id, code, after)
      const [first] = letters
      if (!first) return report
      const chunk = { run: run.id, id: first.chunk, cursor: null, epoch: 0 }
      const dead = await tryAgain(client, migration, chunk, letters)
      report.tried += letters.length
      report.dead += dead
      report.loaded += letters.length - dead
      after = letters.at(-1)?.position ?? after
    }
  })
}

interface Letter {
  chunk: number
  key: string
  raw: string
  /** Chunk and key as one sortable text: where to go on. */
  position: string
}

/** The next letters, all of one chunk. */
async function nextLetters(
  client: ClientBase,
  run: number,
  code: string | null,
  after: string,
): Promise<Letter[]> {
  const { rows } = await client.query<Letter>(
    `with due as (
       select chunk, key, raw, lpad(chunk::text, 10, '0') || ' ' || key as position from _mig.deadletter
        where run = $1 and ($2::text is null or code = $2))
     select * from due where position collate "C" > $3 and chunk = (select chunk from due where position collate "C" > $3 order by position collate "C" limit 1)
      order by position collate "C" limit ${LETTERS_AT_ONCE}`,
    [run, code, after],
  )
  return rows
}

async function tryAgain(
  client: ClientBase,
  migration: Migration,
  chunk: Chunk,
  letters: Letter[],
): Promise<number> {
  const batch = new Batch(migration)
  for (const { raw } of letters) batch.add(parseItem(raw))
  return transaction(client, async () => {
    await client.query('delete from _mig.deadletter where run = $1 and key = any($2)', [
      chunk.run,
      letters.map(({ key }) => key),
    ])
    const { refused, rows, changed } = await loadRows(client, batch, 'upsert')
    const dead = [...batch.dead, ...refused]
    await writeDeadLetters(client, chunk, migration.name, dead)
    await countChunk(client, chunk, rows, changed, dead.length - letters.length)
    return dead.length
  })
}

/** An item as the ledger keeps it, its binary attributes bytes again. */
function parseItem(raw: string): Item {
  const bytes = (text: unknown) => (typeof text === 'string' ? Buffer.from(text, 'base64') : text)
  return JSON.parse(raw, (name, value) => {
    if (name === 'B') return bytes(value)
    return name === 'BS' && Array.isArray(value) ? value.map(bytes) : value
  })
}
