import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type pg from 'pg'
import { DynasaurError } from '../errors.ts'
import { openPool } from '../ledger/open-pool.ts'
import { lastRun } from '../ledger/runs.ts'
import { withClient } from '../ledger/transaction.ts'
import { Batch } from '../load/batch.ts'
import { createStaging } from '../load/merge.ts'
import type { Migration } from '../migration.ts'
import { scanPages } from '../source/scan.ts'
import { compareRows, type Difference, findExtra } from './compare.ts'

const DIFFERENCES_KEPT = 100
const SEEN = `create unlogged table if not exists _mig.seen (run bigint not null, tbl text not null, key_hash bigint not null);
create index if not exists seen_key on _mig.seen (run, tbl, key_hash)`

export interface VerifyOptions {
  migrations: readonly Migration[]
  source: DynamoDBClient
  target: string
  segments?: number
  batchBytes?: number
}

/** What a comparison of one source table with its targets found. */
export interface VerifyReport {
  table: string
  ok: boolean
  /** Records at the source now, and records the ledger says were read. */
  source: { now: number; loaded: number }
  dead: number
  targets: { table: string; expected: number; actual: number }[]
  /** All that differ; the first 100 are listed. */
  different: number
  differences: Difference[]
}

/**
 * Reads the source again, translates it again and compares every row of every target with it, and the counts with the ledger.
 * Catches lost, doubled, stale, altered and foreign rows; not a wrong rule, because both sides go through the same one.
 * The source must stand still meanwhile. Throws `source_missing` for a table that was never run.
 */
export async function verify({ segments = 4, ...options }: VerifyOptions): Promise<VerifyReport[]> {
  await using pool = openPool(options.target, segments + 1, 'dynasaur verify')
  const reports: VerifyReport[] = []
  for (const migration of options.migrations)
    reports.push(await verifyTable(pool, migration, { ...options, segments }))
  return reports
}

async function verifyTable(
  pool: pg.Pool,
  migration: Migration,
  options: VerifyOptions & { segments: number },
): Promise<VerifyReport> {
  await pool.query(SEEN)
  const run = await lastRun(pool, migration.name)
  if (!run) throw new DynasaurError('source_missing', `${migration.name} was never run into this database`)
  const refused = await refusedKeys(pool, run.id)
  const totals = { now: 0, dead: 0, different: 0, differences: [] as Difference[] }
  const collect = (found: Difference[]) => {
    totals.different += found.length
    totals.differences.push(...found.slice(0, DIFFERENCES_KEPT - totals.differences.length))
  }
  const segments = Array.from({ length: options.segments }, (_, segment) =>
    withClient(pool, (client) =>
      verifySegment(client, migration, run.id, refused, segment, options, totals, collect),
    ),
  )
  await Promise.all(segments)
  const targets = await withClient(pool, (client) => countTargets(client, migration, run.id, collect))
  const { now, dead, different, differences } = totals
  const loaded = await loadedItems(pool, run.id)
  const ok = different === 0 && now === loaded && targets.every(({ expected, actual }) => expected === actual)
  return { table: migration.name, ok, source: { now, loaded }, dead, targets, different, differences }
}

async function verifySegment(
  client: pg.PoolClient,
  migration: Migration,
  run: number,
  refused: Set<string>,
  segment: number,
  { source, segments, batchBytes = 4 * 1024 * 1024 }: VerifyOptions & { segments: number },
  totals: { now: number; dead: number },
  collect: (found: Difference[]) => void,
): Promise<void> {
  await createStaging(client, migration.targets)
  const batch = new Batch(migration, refused)
  const scan = { table: migration.source.name, segment, totalSegments: segments, after: null }
  for await (const { items, lastKey } of scanPages(source, scan)) {
    for (const item of items) batch.add(item)
    if (lastKey && batch.bytes < batchBytes) continue
    await client.query('begin')
    for (const buffer of batch.buffers) collect(await compareRows(client, run, buffer))
    await client.query('commit')
    totals.now += batch.items
    totals.dead += batch.dead.length
    batch.clear()
  }
}

/** Counts the targets against the keys seen, lists the rows that have no source, and forgets the keys. */
async function countTargets(
  client: pg.PoolClient,
  migration: Migration,
  run: number,
  collect: (found: Difference[]) => void,
): Promise<VerifyReport['targets']> {
  const counts: VerifyReport['targets'] = []
  for (const target of migration.targets) {
    const { rows } = await client.query(
      `select (select count(*) from _mig.seen where run = $1 and tbl = $2) as expected, (select count(*) from ${target.name}) as actual`,
      [run, target.name],
    )
    counts.push({ table: target.name, expected: Number(rows[0].expected), actual: Number(rows[0].actual) })
    collect(await findExtra(client, run, target))
  }
  await client.query('delete from _mig.seen where run = $1', [run])
  return counts
}

async function refusedKeys(pool: pg.Pool, run: number): Promise<Set<string>> {
  const { rows } = await pool.query(`select key from _mig.deadletter where run = $1 and code like 'pg.%'`, [
    run,
  ])
  return new Set(rows.map(({ key }) => key))
}

async function loadedItems(pool: pg.Pool, run: number): Promise<number> {
  const { rows } = await pool.query('select sum(items) as items from _mig.chunk where run = $1', [run])
  return Number(rows[0].items)
}
