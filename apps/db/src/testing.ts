import { randomBytes } from 'node:crypto'
import { type Db, openDb } from './open.ts'
import { session, withDatabase } from './testing/admin.ts'
import { sharedServer } from './testing/shared-server.ts'
import { ensureTemplate } from './testing/template.ts'

export { removeSharedServer } from './testing/shared-server.ts'

export interface TestDatabaseOptions {
  /** Asked at disposal: true leaves the database for a look at it and prints its URL. */
  keep?: () => boolean
  /** Most connections of `db`; 10 unless said. */
  poolSize?: number
}

export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  readonly db: Db
}

/**
 * A migrated database for one test file, cloned from a template that is made once for each state of the migrations.
 * The server is the one at `RUSHES_TEST_PG` (a superuser's URL), else an embedded one shared by the tests of this user.
 * Disposal closes `db` and drops the database with whatever is still connected to it.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const admin = process.env.RUSHES_TEST_PG ?? (await sharedServer())
  const name = `rushes_test_${randomBytes(8).toString('hex')}`
  const template = await ensureTemplate(admin)
  await session(admin, (client) => client.query(`create database ${name} template ${template}`))
  const url = withDatabase(admin, name)
  const db = openDb({ url, ...(options.poolSize && { poolSize: options.poolSize }) })
  return {
    url,
    db,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      if (options.keep?.()) process.stderr.write(`kept ${url}\n`)
      else await session(admin, (client) => client.query(`drop database ${name} with (force)`))
    },
  }
}
