import type { TableReport } from '../ledger/report.ts'
import type { RedriveReport } from '../redrive.ts'
import type { Progress } from '../run.ts'
import type { TableStatus } from '../status.ts'
import type { Difference } from '../verify/compare.ts'
import type { VerifyReport } from '../verify/verify.ts'

const EVERY_MS = 1_000

/** Turns batches into one line a second and table: records, records/s, MB/s, dead letters. */
export function progressLines(print: (line: string) => void): (progress: Progress) => void {
  const totals = new Map<
    string,
    { items: number; bytes: number; dead: number; since: number; printed: number }
  >()
  return ({ table, items, bytes, dead }) => {
    const now = performance.now()
    const total = totals.get(table) ?? { items: 0, bytes: 0, dead: 0, since: now, printed: now }
    totals.set(table, total)
    total.items += items
    total.bytes += bytes
    total.dead += dead
    if (now - total.printed < EVERY_MS) return
    total.printed = now
    const seconds = (now - total.since) / 1000
    const rate = `${Math.round(total.items / seconds)} records/s, ${(total.bytes / 1e6 / seconds).toFixed(1)} MB/s`
    print(`${table}: ${total.items} records, ${rate}, ${total.dead} dead`)
  }
}

/** A table's run in a few lines, dead letters and findings by code. */
export function reportLines(report: TableReport): string[] {
  const { table, items, rows, changed, dead, mode, state } = report
  return [
    `${table}: ${state}, ${items} records → ${rows} rows (${mode}, ${changed} written), ${dead} dead letters`,
    ...report.deadLetters.map(({ code, path, n }) => `  dead ${n} × ${code} at ${path || '-'}`),
    ...report.findings.map(({ code, path, n }) => `  note ${n} × ${code} at ${path}`),
  ]
}

/** A table's verdict in a line. */
export function verifyLine({ table, ok, source, different, targets }: VerifyReport): string {
  const counts = targets
    .map(({ table: target, expected, actual }) => `${target} ${actual}/${expected}`)
    .join(', ')
  return `${table}: ${ok ? 'equal' : `${different} DIFFERENCES`} (source ${source.now}, loaded ${source.loaded}; ${counts})`
}

/** A difference in a line. */
export function differenceLine({ table, key, kind, column, expected, actual }: Difference): string {
  return `  ${table} ${key} ${kind} ${column}: expected ${JSON.stringify(expected)}, is ${JSON.stringify(actual)}`
}

/** What another try of a table's dead letters gave, in a line. */
export function redriveLine({ table, tried, loaded, dead }: RedriveReport): string {
  return `${table}: ${tried} dead letters tried, ${loaded} loaded, ${dead} still dead`
}

/** Where a table stands, in a line. */
export function statusLine({ table, state, segmentsDone, segments, items, dead }: TableStatus): string {
  return `${table}: ${state}, ${segmentsDone} of ${segments} segments, ${items} records, ${dead} dead letters`
}
