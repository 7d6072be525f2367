import type { ClientBase } from 'pg'
import { DatabaseError } from 'pg'
import { advanceChunk, type Chunk, countChunk } from '../ledger/chunks.ts'
import { type DeadLetter, writeDeadLetters, writeFindings } from '../ledger/letters.ts'
import type { LoadMode } from '../ledger/runs.ts'
import { transaction } from '../ledger/transaction.ts'
import type { Item } from '../schema/attribute.ts'
import { columnList } from '../target/pg-table.ts'
import type { Batch } from './batch.ts'
import { copyInto } from './copy.ts'
import { mergeStaging, stagingName } from './merge.ts'

/** SQLSTATE classes that a row's own data cause: bad value, constraint, index entry too long. */
const ROW_FAULT = /^(22|23|54)/

export interface Loaded {
  rows: number
  changed: number
  dead: number
}

/**
 * Loads a batch: cursor, rows, dead letters and findings in one transaction, so that whatever stops it, none or all of it is
 * in. A row the server refuses takes its whole record to the dead letters and the rest goes on. Throws `fenced` when
 * another worker holds the chunk, and any error of the server that is no row's fault.
 */
export async function loadBatch(
  client: ClientBase,
  batch: Batch,
  {
    chunk,
    mode,
    cursor,
    leaseMs,
  }: { chunk: Chunk; mode: LoadMode; cursor: Item | undefined; leaseMs: number },
): Promise<Loaded> {
  return transaction(client, async () => {
    await advanceChunk(client, chunk, { cursor, items: batch.items, bytes: batch.bytes }, leaseMs)
    const { refused, rows, changed } = await loadRows(client, batch, mode)
    const letters = [...batch.dead, ...refused]
    await writeDeadLetters(client, chunk, batch.migration.name, letters)
    await writeFindings(client, chunk, batch.found)
    await countChunk(client, chunk, rows, changed, letters.length)
    return { rows, changed, dead: letters.length }
  })
}

/** Copies (in `upsert` also merges) the batch's entries, halving and quarantining around rows that the server refuses. */
export async function loadRows(client: ClientBase, batch: Batch, mode: LoadMode) {
  const refused = new Map<number, DeadLetter>()
  const total = { rows: 0, changed: 0 }
  const load = async (first: number, end: number): Promise<void> => {
    while (first < end) {
      const fault = await attempt(
        client,
        batch,
        mode,
        (owner) => owner >= first && owner < end && !refused.has(owner),
      )
      if (!('error' in fault)) {
        total.rows += fault.rows
        total.changed += fault.changed
        return
      }
      const culprit = fault.owner ?? (end - first === 1 ? first : undefined)
      if (culprit === undefined) {
        const middle = Math.floor((first + end) / 2)
        await load(first, middle)
        first = middle
      } else refused.set(culprit, letterFor(batch, culprit, fault.error))
    }
  }
  await load(0, batch.entries.length)
  return { refused: [...refused.values()], ...total }
}

type Attempt = { rows: number; changed: number } | { error: DatabaseError; owner: number | undefined }

async function attempt(
  client: ClientBase,
  batch: Batch,
  mode: LoadMode,
  wanted: (owner: number) => boolean,
): Promise<Attempt> {
  let owners: number[] = []
  await client.query('savepoint attempt')
  try {
    let rows = 0
    for (const buffer of batch.buffers) {
      const data = buffer.copyData(wanted)
      owners = data.owners
      const table = mode === 'copy' ? buffer.target.name : stagingName(buffer.target)
      const copied =
        owners.length === 0 ? 0 : await copyInto(client, table, columnList(buffer.target), data.chunks)
      if (copied !== owners.length)
        throw new Error(`${table}: sent ${owners.length} rows, the server took ${copied}`)
      rows += copied
    }
    owners = []
    const changed = mode === 'copy' ? rows : await mergeStaging(client, batch.migration.targets)
    await client.query('release savepoint attempt')
    return { rows, changed }
  } catch (error) {
    if (!(error instanceof DatabaseError) || !ROW_FAULT.test(error.code ?? '')) throw error
    await client.query('rollback to savepoint attempt')
    return { error, owner: owners[refusedLine(error) - 1] }
  }
}

/** The line that COPY names in its context ("COPY t, line 3, column x"), else NaN. */
function refusedLine({ where = '' }: DatabaseError): number {
  return Number(/^COPY .*, line (\d+)/m.exec(where)?.[1])
}

function letterFor(batch: Batch, owner: number, error: DatabaseError): DeadLetter {
  const entry = batch.entries[owner]
  if (!entry) throw error
  const path = error.column ?? /, column ([^:,]+)/.exec(error.where ?? '')?.[1] ?? error.constraint ?? ''
  return { ...entry, code: `pg.${error.code}`, path, detail: error.message.slice(0, 200) }
}
