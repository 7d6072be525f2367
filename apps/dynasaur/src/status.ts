import type pg from 'pg'
import { openPool } from './ledger/open-pool.ts'
import { lastRun } from './ledger/runs.ts'
import { ensureLedger } from './ledger/schema.ts'
import { withClient } from './ledger/transaction.ts'
import type { Migration } from './migration.ts'

/** Where a table's newest run stands. */
export interface TableStatus {
  table: string
  state: 'never run' | 'running' | 'done'
  segments: number
  segmentsDone: number
  items: number
  dead: number
}

/** Reads the ledger in `target` for each table; changes nothing but to create an absent ledger. */
export async function readStatus(target: string, migrations: readonly Migration[]): Promise<TableStatus[]> {
  await using pool = openPool(target, 1, 'dynasaur status')
  await withClient(pool, ensureLedger)
  const states: TableStatus[] = []
  for (const { name } of migrations) states.push(await tableStatus(pool, name))
  return states
}

async function tableStatus(pool: pg.Pool, table: string): Promise<TableStatus> {
  const run = await lastRun(pool, table)
  if (!run) return { table, state: 'never run', segments: 0, segmentsDone: 0, items: 0, dead: 0 }
  const { rows } = await pool.query(
    `select count(*) filter (where state = 'done') as done, sum(items) as items, sum(dead) as dead from _mig.chunk where run = $1`,
    [run.id],
  )
  const { done, items, dead } = rows[0]
  const { state, segments } = run
  return { table, state, segments, segmentsDone: Number(done), items: Number(items), dead: Number(dead) }
}
