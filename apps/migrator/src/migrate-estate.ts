import {
  openPool,
  type Progress,
  type RunOptions,
  run,
  type TableReport,
  type VerifyReport,
  verify,
} from '@rushes/dynasaur'
import { type Published, publish } from './publish/publish.ts'
import { type PublishedVerdict, verifyPublished } from './publish/verify-published.ts'
import { type QualityLine, readQuality } from './report.ts'
import { migrations } from './tables.ts'

export interface EstateOptions {
  /** The legacy DynamoDB. */
  source: RunOptions['source']
  /** A database that has Rushes' schema. */
  target: string
  segments?: number
  onProgress?: (progress: Progress) => void
}

/** What became of the estate. */
export interface EstateReport {
  tables: TableReport[]
  published: Published[]
  quality: QualityLine[]
}

/**
 * Stages every legacy table in schema `legacy` and publishes it into V2. Again on the same estate it writes nothing; on one
 * that changed it brings the changes. Throws as `run` does, and Postgres' errors; what is published is all or nothing.
 */
export async function migrateEstate(options: EstateOptions): Promise<EstateReport> {
  const tables = await run({ migrations, again: true, ...options })
  await using pool = openPool(options.target, 1, 'migrator')
  const published = await publish(pool)
  return { tables, published, quality: await readQuality(pool, tables) }
}

/** What a comparison from the legacy source through to V2 found. */
export interface EstateVerdict {
  ok: boolean
  staged: VerifyReport[]
  published: PublishedVerdict[]
}

/** Compares the source with what is staged, and what is staged with V2, row by row and column by column. */
export async function verifyEstate({ source, target, segments }: EstateOptions): Promise<EstateVerdict> {
  const staged = await verify({ migrations, source, target, ...(segments && { segments }) })
  await using pool = openPool(target, 1, 'migrator')
  const published = await verifyPublished(pool)
  const ok = staged.every((table) => table.ok) && published.every(({ different }) => different === 0)
  return { ok, staged, published }
}
