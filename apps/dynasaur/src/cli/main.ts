import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynasaurError } from '../errors.ts'
import type { Migration } from '../migration.ts'
import { redrive } from '../redrive.ts'
import { run } from '../run.ts'
import { readStatus } from '../status.ts'
import { verify } from '../verify/verify.ts'
import { type CliOptions, parseOptions } from './options.ts'
import { differenceLine, progressLines, redriveLine, reportLines, statusLine, verifyLine } from './output.ts'

/** Runs one command and gives the exit code: 0 done, 1 differences or dead letters, 2 could not. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args)
    const migrations = await loadDefinition(options)
    return await commands[options.command](options, migrations)
  } catch (error) {
    console.error(error instanceof DynasaurError ? error.message : error)
    return 2
  }
}

type Command = (options: CliOptions, migrations: Migration[]) => Promise<number>

const commands: Record<CliOptions['command'], Command> = {
  run: async (options, migrations) => {
    const { again, acceptChange, segments, batchBytes, pageItems, leaseMs } = options
    const limits = defined({ segments, batchBytes, pageItems, leaseMs })
    const onProgress = options.json ? printJson : progressLines((line) => console.log(line))
    const source = sourceOf(options)
    const reports = await run({
      migrations,
      source,
      target: options.to,
      again,
      acceptChange,
      onProgress,
      ...limits,
    })
    for (const report of reports) print(options, report, reportLines(report))
    return reports.some(({ dead }) => dead > 0) ? 1 : 0
  },
  verify: async (options, migrations) => {
    const { segments, batchBytes } = options
    const limits = defined({ segments, batchBytes })
    const reports = await verify({ migrations, source: sourceOf(options), target: options.to, ...limits })
    for (const report of reports) {
      print(options, report, [verifyLine(report), ...report.differences.map(differenceLine)])
    }
    return reports.every(({ ok }) => ok) ? 0 : 1
  },
  redrive: async (options, migrations) => {
    const reports = await redrive({ migrations, target: options.to, ...defined({ code: options.code }) })
    for (const report of reports) print(options, report, [redriveLine(report)])
    return reports.some(({ dead }) => dead > 0) ? 1 : 0
  },
  status: async (options, migrations) => {
    const states = await readStatus(options.to, migrations)
    for (const state of states) print(options, state, [statusLine(state)])
    return 0
  },
}

async function loadDefinition({ definition, tables }: CliOptions): Promise<Migration[]> {
  const module: { migrations?: Migration[] } = await import(pathToFileURL(resolve(definition)).href)
  const { migrations } = module
  if (!migrations) throw new DynasaurError('definition_invalid', `${definition} exports no \`migrations\``)
  const unknown = tables.find((table) => !migrations.some(({ name }) => name === table))
  if (unknown !== undefined) throw new DynasaurError('usage', `${definition} has no table ${unknown}`)
  return migrations.filter(({ name }) => tables.length === 0 || tables.includes(name))
}

function sourceOf({ endpoint, region }: CliOptions): DynamoDBClient {
  return new DynamoDBClient(defined({ endpoint, region }))
}

/** The same without members that are undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function print({ json }: CliOptions, value: unknown, lines: readonly string[]): void {
  for (const line of json ? [JSON.stringify(value)] : lines) console.log(line)
}

function printJson(value: unknown): void {
  console.log(JSON.stringify(value))
}
