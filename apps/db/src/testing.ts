import { randomBytes } from 'node:crypto'
import { type Db, openDb } from './open.ts'
import { session, withDatabase } from './testing/admin.ts'
import { ownServer } from './testing/own-server.ts'
import { sharedServer } from './testing/shared-server.ts'
import { ensureTemplate } from './testing/template.ts'

export { ownServer } from './testing/own-server.ts'
export { removeSharedServer } from './testing/shared-server.ts'

export interface TestDatabaseOptions {
  /** Asked at disposal: true leaves the database for a look at it and prints its URL. */
  keep?: () => boolean
  /** Most connections of `db`; 10 unless said. */
  poolSize?: number
  /**
   * On a server of its own, for what transactions of other tests would disturb: the snapshot horizon is the server's, not the
   * database's. Costs a second.
   */
  alone?: boolean
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
  await using stack = new AsyncDisposableStack()
  const admin = options.alone
    ? stack.use(await ownServer()).url
    : (process.env.RUSHES_TEST_PG ?? (await sharedServer()))
  const name = `rushes_test_${randomBytes(8).toString('hex')}`
  const template = await ensureTemplate(admin)
  await session(admin, (client) => client.query(`create database ${name} template ${template}`))
  const url = withDatabase(admin, name)
  stack.defer(async () => {
    if (options.keep?.()) process.stderr.write(`kept ${url}\n`)
    else await session(admin, (client) => client.query(`drop database ${name} with (force)`))
  })
  const db = stack.use(openDb({ url, ...(options.poolSize && { poolSize: options.poolSize }) }))
  const owned = stack.move()
  return { url, db, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
