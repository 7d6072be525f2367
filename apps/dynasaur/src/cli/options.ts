import { parseArgs } from 'node:util'
import { DynasaurError } from '../errors.ts'

export const USAGE = `dynasaur run|verify|status|redrive --definition FILE --to POSTGRES_URL [options]

  --definition FILE   module that exports \`migrations\`
  --to URL            target database; the ledger (schema _mig) lives there too
  --endpoint URL      DynamoDB endpoint; AWS's own unless given
  --region NAME       AWS region; the SDK's default unless given
  --table NAME        only this table (more than one allowed)
  --segments N        parallel scan segments a table (4)
  --batch-kib N       encoded KiB a commit (4096)
  --page-items N      items a page at most
  --lease-ms N        how long a silent worker keeps its segment (15000)
  --again             run: another pass over tables that are done
  --accept-change     run: resume although the rules changed
  --code CODE         redrive: only dead letters with this code
  --json              one JSON object a line`

const COMMANDS = ['run', 'verify', 'status', 'redrive'] as const

export interface CliOptions {
  command: (typeof COMMANDS)[number]
  definition: string
  to: string
  endpoint: string | undefined
  region: string | undefined
  tables: readonly string[]
  segments: number | undefined
  batchBytes: number | undefined
  pageItems: number | undefined
  leaseMs: number | undefined
  code: string | undefined
  again: boolean
  acceptChange: boolean
  json: boolean
}

/** Reads the command line. Throws `usage`, with what is wrong. */
export function parseOptions(args: readonly string[]): CliOptions {
  const { values, positionals } = read(args)
  const command = COMMANDS.find((name) => name === positionals[0])
  if (!command) throw usage(`no command ${positionals[0] ?? ''}`)
  if (!values.definition || !values.to) throw usage('--definition and --to are needed')
  return {
    command,
    definition: values.definition,
    to: values.to,
    endpoint: values.endpoint,
    region: values.region,
    tables: values.table ?? [],
    segments: count('--segments', values.segments),
    batchBytes: times(1024, count('--batch-kib', values['batch-kib'])),
    pageItems: count('--page-items', values['page-items']),
    leaseMs: count('--lease-ms', values['lease-ms']),
    code: values.code,
    again: values.again ?? false,
    acceptChange: values['accept-change'] ?? false,
    json: values.json ?? false,
  }
}

function read(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        definition: text,
        to: text,
        endpoint: text,
        region: text,
        table: { type: 'string', multiple: true },
        segments: text,
        'batch-kib': text,
        'page-items': text,
        'lease-ms': text,
        code: text,
        again: flag,
        'accept-change': flag,
        json: flag,
      },
    })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function count(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw usage(`${name} wants a whole number above 0`)
}

function times(factor: number, number: number | undefined): number | undefined {
  return number === undefined ? undefined : number * factor
}

function usage(problem: string): DynasaurError {
  return new DynasaurError('usage', `${problem}\n\n${USAGE}`)
}
