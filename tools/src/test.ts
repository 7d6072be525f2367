import { globSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { removeSharedServer } from '@rushes/db/testing'
import { runChecks } from './checks.ts'
import { ensurePrograms } from './ensure.ts'
import { root } from './root.ts'
import { type Outcome, runFiles } from './run-files.ts'

const NOTHING: Outcome = { passed: 0, failed: 0, hung: [], silent: [] }

/**
 * `npm test`: programs, static checks, then every `*.test.ts`, and last a line `N passed, N failed`.
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
  const first = await runFiles(testFiles(paths), { exit: true })
  // Once more, and waited for: a file whose process was gone before it was heard must not pass for one that passed.
  const again = first.silent.length > 0 ? await runFiles(first.silent, { exit: false }) : NOTHING
  const [passed, failed] = [first.passed + again.passed, first.failed + again.failed]
  const [hung, silent] = [[...first.hung, ...again.hung], again.silent]
  await removeSharedServer()
  if (hung.length > 0) console.log(`these did not end: ${hung.join(', ')}`)
  if (silent.length > 0) console.log(`no test was heard of: ${silent.join(', ')}`)
  const bad = failed + hung.length + silent.length
  console.log(`${passed} passed, ${bad} failed${checked ? '' : ', and a check above failed'}`)
  const good = checked && bad === 0 && passed > 0
  if (hung.length > 0) process.exit(1)
  process.exitCode = good ? 0 : 1
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
