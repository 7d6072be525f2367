import { createHash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { DynasaurError } from '../errors.ts'
import type { Migration } from '../migration.ts'
import { checkTarget, isEmpty } from '../target/check-target.ts'
import { createTableSql } from '../target/pg-table.ts'
import { ensureLedger } from './schema.ts'
import { transaction, withClient } from './transaction.ts'

/** `copy` loads an empty target; `upsert` merges into one that has rows. */
export type LoadMode = 'copy' | 'upsert'

/** One pass over one source table. */
export interface Run {
  id: number
  mode: LoadMode
  segments: number
  state: 'running' | 'done'
}

export interface OpenRunOptions {
  /** Parallel scan segments; a resumed run keeps its own, because a cursor is worth nothing under another number. */
  segments: number
  /** Starts another pass when the last one is done. */
  again: boolean
  /** Resumes although definition or translator changed since the run began. */
  acceptChange: boolean
}

/**
 * Opens the table's run: the unfinished one, else the finished one, else (or with `again`) a new one with its chunks.
 * Creates missing targets. Throws `plan_changed` and `target_mismatch`.
 */
export async function openRun(pool: Pool, migration: Migration, options: OpenRunOptions): Promise<Run> {
  return withClient(pool, (client) =>
    transaction(client, async () => {
      await client.query(`select pg_advisory_xact_lock(hashtext('dynasaur'))`)
      await ensureLedger(client)
      const last = await lastRun(client, migration.name)
      if (last?.state === 'running') return resumed(last, migration, options)
      if (last && !options.again) return last
      return createRun(client, migration, options)
    }),
  )
}

/** The newest run of a table, or undefined. */
export async function lastRun(
  client: ClientBase | Pool,
  table: string,
): Promise<(Run & { planHash: string }) | undefined> {
  const { rows } = await client.query(
    `select id, mode, segments, state, plan_hash as "planHash" from _mig.run where tbl = $1 order by id desc limit 1`,
    [table],
  )
  return rows[0] && { ...rows[0], id: Number(rows[0].id) }
}

function resumed(
  run: Run & { planHash: string },
  migration: Migration,
  { acceptChange }: OpenRunOptions,
): Run {
  if (run.planHash === planHash(migration) || acceptChange) return run
  throw new DynasaurError(
    'plan_changed',
    `${migration.name}: run ${run.id} began under other rules; finish it with those or pass --accept-change`,
  )
}

async function createRun(
  client: ClientBase,
  migration: Migration,
  { segments }: OpenRunOptions,
): Promise<Run> {
  let empty = true
  for (const target of migration.targets) {
    await createTarget(client, createTableSql(target), target.name)
    await checkTarget(client, target)
    empty &&= await isEmpty(client, target)
  }
  const mode: LoadMode = empty ? 'copy' : 'upsert'
  const { rows } = await client.query(
    `insert into _mig.run (tbl, plan_hash, mode, segments) values ($1, $2, $3, $4) returning id`,
    [migration.name, planHash(migration), mode, segments],
  )
  const id = Number(rows[0].id)
  await client.query(`insert into _mig.chunk (run, id) select $1, generate_series(0, $2::int - 1)`, [
    id,
    segments,
  ])
  return { id, mode, segments, state: 'running' }
}

async function createTarget(client: ClientBase, sql: string, name: string): Promise<void> {
  const [schema, table] = name.split('.')
  if (table !== undefined) await client.query(`create schema if not exists ${schema}`)
  await client.query(sql)
}

/** Marks a run done once no chunk of it is left; says whether it is. */
export async function finishRun(pool: Pool, run: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update _mig.run set state = 'done', finished_at = coalesce(finished_at, now())
      where id = $1 and not exists (select from _mig.chunk where run = $1 and state <> 'done')`,
    [run],
  )
  return rowCount === 1
}

function planHash(migration: Migration): string {
  const targets = migration.targets.map(({ name, key, columns, ownedBy }) => {
    return [
      name,
      key,
      ownedBy,
      Object.entries(columns).map(([column, { type, isNullable }]) => [column, type, isNullable]),
    ]
  })
  const plan = JSON.stringify([
    migration.source.name,
    migration.source.key,
    migration.source.fields,
    targets,
    migration.rule,
  ])
  return createHash('sha256').update(plan).digest('hex')
}
