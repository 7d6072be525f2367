import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { generateTypes } from './generate-types.ts'
import { testDatabase } from './testing.ts'

test('the table types are those of the migrated schema (else: npm run db:types)', async () => {
  await using database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-types-'))
  try {
    const fresh = join(folder, 'tables.ts')
    await generateTypes(database.url, fresh)
    const committed = await readFile(new URL('./tables.gen.ts', import.meta.url), 'utf8')
    assert.equal(committed, await readFile(fresh, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
