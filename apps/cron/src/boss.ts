import {
  type Core,
  type Ctx,
  contextFor,
  type JobName,
  type JobPayloads,
  type Jobs,
  jobs,
  rawQueries,
} from '@rushes/core'
import { logger, metrics } from '@rushes/monitoring'
import { type JobWithMetadata, PgBoss } from 'pg-boss'

const log = logger('jobs')
/** A worker that was killed is noticed after this long; with the supervisor's round, its job is taken over within 40 s. */
const HEARTBEAT_SECONDS = 20
const SUPERVISE_SECONDS = 10
const POLL_SECONDS = 2
const DRAIN_MS = 20_000

const names = Object.keys(jobs) as JobName[]

export interface JobQueueOptions {
  /** The database that Core writes to: a job must be in the transaction of its change. */
  databaseUrl: string
}

/** The queue of deferred work: what Core enqueues with, and the runner of one process. */
export interface JobQueue extends AsyncDisposable {
  readonly jobs: Jobs
  /** Starts to work on jobs, for processes that do. `core` is the one its handlers get. */
  work(core: Core): Promise<void>
  /** Resolves when nothing is queued for now and nothing runs. For tests. */
  settle(): Promise<void>
}

/** Opens the queue in `databaseUrl` (schema `pgboss`, made when absent; safe when several processes start at once). */
export async function openJobQueue({ databaseUrl }: JobQueueOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 4,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    connectionTimeoutMillis: 5000,
  })
  let stopping = false
  // Its own connections may still be closing when the server goes; and pg hangs a whole client on each error.
  boss.on('error', ({ message }) => stopping || log.warn('job queue stumbled', { error: message }))
  await boss.start()
  for (const name of names) await boss.createQueue(name, queueOptions(name))
  const bells: Disposable[] = []
  return {
    jobs: {
      enqueue: async (tx, name, payload, { key } = {}) => {
        await boss.send(name, payload, { ...(key && { singletonKey: key }), db: rawQueries(tx) })
      },
    },
    async work(core) {
      const workers = await Promise.all(names.map((name) => startWorkers(boss, core, name)))
      bells.push(
        core.doorbell.listen(() => {
          for (const id of workers) boss.notifyWorker(id)
        }),
      )
    },
    settle: () => settle(boss),
    async [Symbol.asyncDispose]() {
      stopping = true
      for (const bell of bells) bell[Symbol.dispose]()
      await boss.stop({ graceful: true, timeout: DRAIN_MS })
    },
  }
}

function queueOptions(name: JobName) {
  const { attempts, limitSeconds } = jobs[name]
  return {
    policy: 'short' as const,
    retryLimit: attempts - 1,
    retryDelay: 1,
    retryBackoff: true,
    expireInSeconds: limitSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: 7 * 86_400,
  }
}

async function startWorkers(boss: PgBoss, core: Core, name: JobName): Promise<string> {
  const { schedule, concurrency } = jobs[name]
  if (schedule) await boss.schedule(name, schedule)
  const options = {
    includeMetadata: true as const,
    batchSize: 1,
    localConcurrency: concurrency,
    pollingIntervalSeconds: POLL_SECONDS,
  }
  return boss.work<JobPayloads[typeof name], void, typeof options>(name, options, async ([job]) => {
    if (job) await runJob(core, name, job)
  })
}

async function runJob<N extends JobName>(
  core: Core,
  name: N,
  job: JobWithMetadata<JobPayloads[N]>,
): Promise<void> {
  const started = performance.now()
  const ctx: Ctx = contextFor(core, { kind: 'system', job: name }, { requestId: job.id, source: 'jobs' })
  const run = { signal: job.signal, attempt: job.retryCount + 1, attempts: jobs[name].attempts }
  try {
    await jobs[name].run(ctx, job.data, run)
    finished('ok')
  } catch (error) {
    log.warn('job failed', { job: name, attempt: run.attempt, error })
    finished('failed')
    throw error
  }

  function finished(result: string): void {
    metrics.timing('jobs.run', (performance.now() - started) / 1000, { job: name, result })
  }
}

async function settle(boss: PgBoss): Promise<void> {
  for (;;) {
    const { rows } = await boss
      .getDb()
      .executeSql(
        `select count(*)::int as n from pgboss.job where name = any($1) and state < 'completed' and (start_after <= now() or state = 'retry')`,
        [names],
      )
    if (rows[0]?.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
