import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { withNamedStatements } from './named-statements.ts'
import type { DB } from './tables.gen.ts'
import { setWireTypes } from './wire-types.ts'

// Postgres' own 0.6 doesn't forgive two letters that changed places in a word of ten.
const NEAR_MISS = 0.5

export interface DbOptions {
  url: string
  /** Most connections this process holds; 10 unless said. */
  poolSize?: number
  /** Refuse every write: the guard of the handle that services read with. */
  readOnly?: boolean
  /** Longest a statement may run, in ms; 5,000 unless said (jobs take more). */
  statementTimeoutMs?: number
}

const SESSION = {
  timezone: 'UTC',
  // Nearly every statement looks rows up by key: planning its joins anew each time costs several times its execution, and
  // left to choose Postgres does so for lists of ids.
  plan_cache_mode: 'force_generic_plan',
  jit: 'off',
  'pg_trgm.word_similarity_threshold': NEAR_MISS,
}

/** An open database: a pool and a typed query builder over it. */
export interface Db extends AsyncDisposable {
  readonly url: string
  readonly kysely: Kysely<DB>
  readonly pool: pg.Pool
}

/**
 * Opens a pool on Postgres 15 or later. Nothing here waits for ever: connecting fails after 1 s, a statement after
 * its timeout, because an exhausted pool or a stopped server otherwise hangs every request (node-postgres' defaults).
 */
export function openDb({ url, poolSize = 10, readOnly = false, statementTimeoutMs = 5_000 }: DbOptions): Db {
  setWireTypes()
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 1_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 1_000,
    lock_timeout: Math.min(statementTimeoutMs, 3_000),
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    options: Object.entries({ ...SESSION, default_transaction_read_only: readOnly })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  // An idle connection that the server closes is replaced at the next query; unheard, its error would end the process.
  pool.on('error', () => {})
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool: withNamedStatements(pool) }) })
  return { url, kysely, pool, [Symbol.asyncDispose]: () => kysely.destroy() }
}
