import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { provideTestDatabases } from './test-database-server.ts'

/** What a benchmark or fault run is told. `seed` makes its random choices repeatable. */
export interface RunOptions {
  /** End within 50 s on 2 cores, with smaller data where that helps; the bars hold all the same. */
  quick: boolean
  json: boolean
  seed: number
}

/** The module of one benchmark (`bench/<name>.ts`) or fault run (`faults/<name>.ts`). */
export interface NamedRun {
  /** Measures and answers the keys of `benchmarks.md`; null for what it could not measure, with the reason in `notes`. */
  run(options: RunOptions): Promise<Record<string, unknown>>
}

/**
 * `npm run bench -- NAME [--quick] [--json] [--seed N]`, and `faults` alike: runs one by name, adds the keys that all share
 * and prints the result, with `--json` as one object on the last line. Without a known name it lists them.
 */
export async function runNamed(kind: 'bench' | 'faults', args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, seed: { type: 'string' } },
  })
  const [name = ''] = positionals
  const names = await namesOf(kind)
  if (!names.includes(name)) {
    console.error(`npm run ${kind} -- NAME [--quick] [--json], where NAME is one of: ${names.join(', ')}`)
    process.exitCode = 1
    return
  }
  const { quick = false, json = false, seed = String(randomInt(2 ** 31)) } = values
  const result = await measure(kind, name, { quick, json, seed: Number(seed) })
  if (json) console.log(JSON.stringify(result))
  else for (const [key, value] of Object.entries(result)) console.log(`${key.padEnd(28)} ${shown(value)}`)
}

async function measure(kind: string, name: string, options: RunOptions): Promise<Record<string, unknown>> {
  await using _databases = await provideTestDatabases({ durable: true })
  const module = (await import(new URL(`./${kind}/${name}.ts`, import.meta.url).href)) as NamedRun
  const postgres = await serverVersion(process.env.RUSHES_TEST_PG!)
  const result = await module.run(options)
  const common = { seed: options.seed, cores: availableParallelism(), node: process.version, postgres }
  return { ...common, ...result }
}

async function namesOf(kind: string): Promise<string[]> {
  const files = await readdir(new URL(`./${kind}/`, import.meta.url)).catch(() => [])
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace('.ts', ''))
    .sort()
}

async function serverVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query('show server_version')).rows[0].server_version
  } finally {
    await client.end()
  }
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
