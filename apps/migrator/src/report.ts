import type { TableReport } from '@rushes/dynasaur'
import type { Pool } from 'pg'
import { rules } from './publish/rules.ts'

/** A kind of mess that was found, how often, and what was done about it. */
export interface QualityLine {
  code: string
  /** Legacy table or kind of record. */
  where: string
  field: string
  n: number
  rule: string
  /** A few of the records, for a person to look at. */
  samples: string[]
}

const SAMPLES = 3

/** Everything odd in the estate: what reading the records found and what settling them against each other found. */
export async function readQuality(pool: Pool, tables: readonly TableReport[]): Promise<QualityLine[]> {
  const { rows } = await pool.query(
    `select rule as code, kind as "where", field, count(*)::int as n, (array_agg(legacy_id || ' ' || coalesce(detail, '') order by legacy_id))[1:${SAMPLES}] as samples
       from legacy.quality group by 1, 2, 3 order by 1, 2, 3`,
  )
  const read = tables.flatMap(({ table, findings, deadLetters }) => [
    ...findings.map(({ code, path, n, samples }) => line(code, table, path, n, samples.slice(0, SAMPLES))),
    ...deadLetters.map(({ code, path, n }) => line(code, table, path, n, [], 'dead letter: ')),
  ])
  return [...read, ...rows.map(({ code, where, field, n, samples }) => line(code, where, field, n, samples))]
}

function line(
  code: string,
  where: string,
  field: string,
  n: number,
  samples: string[],
  prefix = '',
): QualityLine {
  return { code, where, field, n, rule: prefix + (rules[code] ?? 'reported as it is'), samples }
}

/** The report as text, one mess a line. */
export function qualityText(lines: readonly QualityLine[]): string {
  return lines
    .map(
      ({ code, where, field, n, rule }) =>
        `${String(n).padStart(6)} × ${`${where}.${field}`.padEnd(44)} ${code}: ${rule}`,
    )
    .join('\n')
}
