import { relative } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { root } from './root.ts'
import { provideTestDatabases } from './test-database-server.ts'

const LONGEST_TEST_MS = 120_000
const LONGEST_RUN_MS = 14 * 60_000

/** How a run ended; `hung` are files that were still running when time was up. */
export interface Outcome {
  passed: number
  failed: number
  hung: string[]
}

/** Runs test files, each in a process of its own and two at a time, on one database server, and reports them as they end. */
export async function runFiles(files: string[]): Promise<Outcome> {
  await using _databases = await provideTestDatabases({ durable: false })
  const outcome: Outcome = { passed: 0, failed: 0, hung: [] }
  const running = new Set(files)
  const events = run({
    cwd: root,
    files,
    concurrency: 2,
    timeout: LONGEST_TEST_MS,
    // What a failed test left open must not keep its process, and with it the whole run, from ending.
    execArgv: ['--test-force-exit'],
  })
  events.on('test:pass', ({ details, skip, todo }) => {
    if (details.type === 'test' && skip === undefined && todo === undefined) outcome.passed++
  })
  events.on('test:fail', ({ details }) => {
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
  return outcome
}
