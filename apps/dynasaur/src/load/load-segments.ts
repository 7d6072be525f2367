import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Pool, PoolClient } from 'pg'
import { type Chunk, claimChunk, releaseChunk } from '../ledger/chunks.ts'
import type { Run } from '../ledger/runs.ts'
import { withClient } from '../ledger/transaction.ts'
import type { Migration } from '../migration.ts'
import { scanPages } from '../source/scan.ts'
import { Batch } from './batch.ts'
import { type Loaded, loadBatch } from './load-batch.ts'
import { createStaging } from './merge.ts'

export interface LoadOptions {
  source: DynamoDBClient
  pool: Pool
  migration: Migration
  run: Run
  /** Named in the ledger beside the chunks it holds. */
  owner: string
  /** Encoded bytes that make a batch; what a crash can cost is one of them a worker. */
  batchBytes: number
  leaseMs: number
  pageItems?: number | undefined
  signal: AbortSignal
  onBatch: (loaded: Loaded & { segment: number; items: number; bytes: number }) => void
}

/** Loads chunk after chunk until none of the run is free. */
export async function loadSegments(options: LoadOptions): Promise<void> {
  const { pool, run, owner, leaseMs, signal } = options
  while (true) {
    signal.throwIfAborted()
    const chunk = await claimChunk(pool, run.id, owner, leaseMs)
    if (!chunk) return
    await holding(pool, chunk, () => withClient(pool, (client) => loadSegment(client, chunk, options)))
  }
}

async function holding(pool: Pool, chunk: Chunk, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    // The lease runs out by itself if even this fails; the first error is the one to tell.
    await releaseChunk(pool, chunk).catch(() => {})
    throw error
  }
}

async function loadSegment(client: PoolClient, chunk: Chunk, options: LoadOptions): Promise<void> {
  const { source, migration, run, batchBytes, leaseMs, pageItems, signal, onBatch } = options
  if (run.mode === 'upsert') await createStaging(client, migration.targets)
  const batch = new Batch(migration)
  const scan = {
    table: migration.source.name,
    segment: chunk.id,
    totalSegments: run.segments,
    after: chunk.cursor,
    pageItems,
  }
  for await (const { items, lastKey } of scanPages(source, scan)) {
    signal.throwIfAborted()
    for (const item of items) batch.add(item)
    if (lastKey && batch.bytes < batchBytes) continue
    const { items: read, bytes } = batch
    const loaded = await loadBatch(client, batch, { chunk, mode: run.mode, cursor: lastKey, leaseMs })
    onBatch({ ...loaded, segment: chunk.id, items: read, bytes })
    batch.clear()
  }
}
