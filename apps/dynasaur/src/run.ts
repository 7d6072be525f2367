import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type pg from 'pg'
import { untilNextLease } from './ledger/chunks.ts'
import { openPool } from './ledger/open-pool.ts'
import { reportRun, type TableReport } from './ledger/report.ts'
import { finishRun, openRun, type Run } from './ledger/runs.ts'
import type { Loaded } from './load/load-batch.ts'
import { type LoadOptions, loadSegments } from './load/load-segments.ts'
import type { Migration } from './migration.ts'

const LONGEST_WAIT_MS = 1_000

/** One committed batch; counts are of the batch. */
export interface Progress extends Loaded {
  table: string
  segment: number
  items: number
  bytes: number
}

export interface RunOptions {
  migrations: readonly Migration[]
  source: DynamoDBClient
  /** Target database URL; the ledger (schema `_mig`) lives there too. */
  target: string
  /** Scan segments a table, each with a connection of its own; 4 unless said. */
  segments?: number
  /** Encoded bytes a commit; 4 MiB unless said. */
  batchBytes?: number
  /** How long a silent worker keeps its segment, in ms; 15,000 unless said. */
  leaseMs?: number
  /** Items a page at most. */
  pageItems?: number
  /** Makes another pass over tables that are done: merges what changed. */
  again?: boolean
  /** Resumes although definition or translator changed. */
  acceptChange?: boolean
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/**
 * Loads every table, one after the other, and gives what the ledger says of each. Safe to kill at any moment and to call
 * again: it goes on where the last commit left off, and does nothing when all is done (unless `again`).
 * Throws DynasaurError, and the source's or the server's own error, having kept what was committed.
 */
export async function run(options: RunOptions): Promise<TableReport[]> {
  const { migrations, target, segments = 4 } = options
  await using pool = openPool(target, segments + 1, 'dynasaur')
  const reports: TableReport[] = []
  for (const migration of migrations) reports.push(await runTable(pool, migration, { ...options, segments }))
  return reports
}

async function runTable(
  pool: pg.Pool,
  migration: Migration,
  options: RunOptions & { segments: number },
): Promise<TableReport> {
  const { segments, again = false, acceptChange = false } = options
  const run = await openRun(pool, migration, { segments, again, acceptChange })
  if (run.state === 'running') await loadTable(pool, migration, run, options)
  return reportRun(pool, migration.name, run)
}

async function loadTable(pool: pg.Pool, migration: Migration, run: Run, options: RunOptions): Promise<void> {
  while (true) {
    await loadFree(pool, migration, run, options)
    // What is left now is held elsewhere: wait, in case its holder has died.
    const ms = await untilNextLease(pool, run.id)
    if (ms === undefined) break
    await wait(Math.min(ms + 1, LONGEST_WAIT_MS), undefined, options.signal ? { signal: options.signal } : {})
  }
  await finishRun(pool, run.id)
}

/** Loads what nobody holds, a worker a segment. The first failure stops the others at their next page and is thrown. */
async function loadFree(pool: pg.Pool, migration: Migration, run: Run, options: RunOptions): Promise<void> {
  const { source, batchBytes = 4 * 1024 * 1024, leaseMs = 15_000, pageItems, onProgress } = options
  const stop = new AbortController()
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal
  const owner = () => `${hostname()}:${process.pid}:${randomUUID()}`
  const onBatch: LoadOptions['onBatch'] = (batch) => onProgress?.({ table: migration.name, ...batch })
  const work = async () => {
    try {
      await loadSegments({
        source,
        pool,
        migration,
        run,
        owner: owner(),
        batchBytes,
        leaseMs,
        pageItems,
        signal,
        onBatch,
      })
    } catch (error) {
      stop.abort(error)
      throw error
    }
  }
  const workers = Math.min(options.segments ?? run.segments, run.segments)
  const ended = await Promise.allSettled(Array.from({ length: workers }, work))
  if (ended.some(({ status }) => status === 'rejected')) throw stop.signal.reason
}
