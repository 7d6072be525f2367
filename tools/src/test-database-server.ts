import { ownServer } from '@rushes/db/testing'

/**
 * Points RUSHES_TEST_PG at a PostgreSQL for all tests or benchmarks of this run: the one it names already, else an embedded
 * one that disposal stops and deletes. `durable` is for runs that measure or cut off writes.
 */
export async function provideTestDatabases({ durable }: { durable: boolean }): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  if (process.env.RUSHES_TEST_PG) return stack.move()
  process.env.RUSHES_TEST_PG = stack.use(await ownServer({ durable })).url
  stack.defer(() => void delete process.env.RUSHES_TEST_PG)
  return stack.move()
}
