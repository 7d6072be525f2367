import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const mapping = {
  timestamptz: 'string',
  int8: 'number',
  xid8: 'string',
  citext: 'string',
  uuid: 'string',
  inet: 'string',
  jsonb: 'JsonColumn',
  bytea: 'Buffer',
  time: 'string',
}

/** Writes the table types of the migrated database at `url` to `outFile` (kysely-codegen; run by `npm run db:types`). */
export async function generateTypes(url: string, outFile: string): Promise<void> {
  await promisify(execFile)('kysely-codegen', [
    '--dialect=postgres',
    `--url=${url}`,
    '--singularize',
    '--exclude-pattern=events_*',
    `--type-mapping=${JSON.stringify(mapping)}`,
    `--out-file=${outFile}`,
  ])
  await writeFile(outFile, `import type { JsonColumn } from './json.ts'\n${await readFile(outFile, 'utf8')}`)
}
