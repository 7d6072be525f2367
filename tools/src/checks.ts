import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { root } from './root.ts'

/** What is looked at without running anything: the name, and the commands that must each exit with 0. */
const checks: Record<string, () => string[][]> = {
  typecheck: () => [
    ['tsc', '-p', 'tsconfig.json'],
    ['tsc', '-p', 'apps/web/tsconfig.json'],
  ],
  lint: () => [['biome', 'check', '--error-on-warnings', '.']],
  migrations: () => [['squawk', ...globSync('apps/db/src/migrations/*.sql', { cwd: root })]],
}

/** Runs every check and prints a line for each; true when all passed. Their output is shown only when they fail. */
export async function runChecks(): Promise<boolean> {
  let passed = true
  for (const [name, commands] of Object.entries(checks)) {
    const started = Date.now()
    const failures = (await Promise.all(commands().map(failureOf))).filter((output) => output !== undefined)
    console.log(`${failures.length === 0 ? '✔' : '✖'} ${name} (${Date.now() - started} ms)`)
    for (const output of failures) console.log(output)
    if (failures.length > 0) passed = false
  }
  return passed
}

async function failureOf([command, ...args]: string[]): Promise<string | undefined> {
  const child = spawn(command!, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return code === 0 ? undefined : stdout + stderr
}
