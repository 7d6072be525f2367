import { globSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { removeSharedServer } from '@rushes/db/testing'
import { runChecks } from './checks.ts'
import { ensurePrograms } from './ensure.ts'
import { root } from './root.ts'
import { provideTestDatabases } from './test-database-server.ts'

const LONGEST_TEST_MS = 180_000

/**
 * `npm test`: programs, static checks, then each `*.test.ts` in a process of its own, two at a time, on one database server.
 * With paths (files or folders) it runs the tests there and no checks. Sets the exit code.
 */
export async function runTests(paths: string[]): Promise<void> {
  try {
    ensurePrograms()
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
    return
  }
  const checked = paths.length > 0 || (await runChecks())
  const { passed, failed } = await runFiles(testFiles(paths))
  await removeSharedServer()
  console.log(`${passed} passed, ${failed} failed${checked ? '' : ', and a check above failed'}`)
  process.exitCode = checked && failed === 0 && passed > 0 ? 0 : 1
}

function testFiles(paths: string[]): string[] {
  const wanted = paths.map((path) => relative(root, resolve(process.env.INIT_CWD ?? root, path)))
  const all = globSync('{apps,releases,tools}/**/*.test.ts', {
    cwd: root,
    exclude: ['**/node_modules'],
  }).sort()
  if (wanted.length === 0) return all
  return all.filter((file) =>
    wanted.some((path) => file === path || file.startsWith(`${path}/`) || path === ''),
  )
}

async function runFiles(files: string[]): Promise<{ passed: number; failed: number }> {
  if (files.length === 0) return { passed: 0, failed: 0 }
  await using _databases = await provideTestDatabases({ durable: false })
  const counts = { passed: 0, failed: 0 }
  const events = run({ cwd: root, files, concurrency: 2, timeout: LONGEST_TEST_MS })
  events.on('test:summary', ({ file, counts: total }) => {
    if (file !== undefined) return
    counts.passed = total.passed
    counts.failed = total.tests - total.passed - total.skipped - total.todo
  })
  const report = events.compose(spec)
  report.pipe(process.stdout)
  await finished(report)
  return counts
}
