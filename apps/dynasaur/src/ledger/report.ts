import type { Pool } from 'pg'
import type { Run } from './runs.ts'

/** What a run did to one table, read from the ledger. */
export interface TableReport {
  table: string
  run: number
  mode: Run['mode']
  state: Run['state']
  /** Records read. */
  items: number
  /** Rows sent to all targets. */
  rows: number
  /** Rows that were written or deleted; fewer than `rows` when a pass found them equal already. */
  changed: number
  dead: number
  bytes: number
  deadLetters: { code: string; path: string; n: number }[]
  findings: { code: string; path: string; n: number; samples: string[] }[]
}

/** Adds up a run's chunks, dead letters and findings. */
export async function reportRun(pool: Pool, table: string, { id, mode }: Run): Promise<TableReport> {
  const totals = await pool.query(
    `select r.state, sum(items) items, sum(rows) rows, sum(changed) changed, sum(dead) dead, sum(bytes) bytes
       from _mig.run r join _mig.chunk c on c.run = r.id where r.id = $1 group by r.id`,
    [id],
  )
  const letters = await pool.query(
    'select code, path, count(*) n from _mig.deadletter where run = $1 group by 1, 2 order by 1, 2',
    [id],
  )
  const findings = await pool.query(
    `select code, path, sum(n) n,
            array(select unnest(samples) from _mig.finding g where g.run = $1 and (g.code, g.path) = (f.code, f.path) limit 5) samples
       from _mig.finding f where run = $1 group by code, path order by code, path`,
    [id],
  )
  const { state, ...sums } = totals.rows[0]
  return {
    table,
    run: id,
    mode,
    state,
    items: Number(sums.items),
    rows: Number(sums.rows),
    changed: Number(sums.changed),
    dead: Number(sums.dead),
    bytes: Number(sums.bytes),
    deadLetters: letters.rows.map(({ n, ...letter }) => ({ ...letter, n: Number(n) })),
    findings: findings.rows.map(({ n, ...finding }) => ({ ...finding, n: Number(n) })),
  }
}
