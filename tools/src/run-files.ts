import { relative } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { root } from './root.ts'
import { provideTestDatabases } from './test-database-server.ts'

const LONGEST_TEST_MS = 120_000
const LONGEST_RUN_MS = 14 * 60_000

/** How a run ended. */
export interface Outcome {
  passed: number
  failed: number
  /** Files that were still running when time was up. */
  hung: string[]
  /** Files of which no test was heard: a process that ends early must not look like one that passed. */
  silent: string[]
}

/**
 * Runs test files, each in a process of its own and two at a time, on one database server, and reports them as they end.
 * `exit`: a process ends with its last test, so that what a failed one left open can't keep the run from ending; its code
 * tells of failures, but what it had to say may be lost with it.
 */
export async function runFiles(files: string[], { exit }: { exit: boolean }): Promise<Outcome> {
  await using _databases = await provideTestDatabases({ durable: false })
  const outcome: Outcome = { passed: 0, failed: 0, hung: [], silent: [] }
  const running = new Set(files)
  const silent = new Set(files)
  const events = run({
    cwd: root,
    files,
    concurrency: 2,
    timeout: LONGEST_TEST_MS,
    execArgv: exit ? ['--test-force-exit'] : [],
  })
  // The process itself is reported too, under the name of its file; that alone says nothing of its tests.
  const heard = (name: string, file: string | undefined) =>
    file !== undefined && !file.endsWith(name) && silent.delete(relative(root, file))
  events.on('test:pass', ({ details, name, file, skip, todo }) => {
    heard(name, file)
    if (details.type === 'test' && skip === undefined && todo === undefined) outcome.passed++
  })
  events.on('test:fail', ({ details, name, file }) => {
    heard(name, file)
    if (details.type === 'test') outcome.failed++
  })
  events.on('test:summary', ({ file }) => {
    if (file !== undefined) running.delete(relative(root, file))
  })
  const report = events.compose(spec)
  report.pipe(process.stdout)
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    outcome.hung = [...running]
    resolve()
  }, LONGEST_RUN_MS)
  await Promise.race([finished(report), late])
  clearTimeout(timer)
  outcome.silent = [...silent].filter((file) => !outcome.hung.includes(file))
  return outcome
}
