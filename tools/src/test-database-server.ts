import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@rushes/db/embedded'

/**
 * Points RUSHES_TEST_PG at a PostgreSQL for all tests or benchmarks of this run: the one it names already, else an embedded
 * one that disposal stops and deletes. `durable` is for runs that measure or cut off writes.
 */
export async function provideTestDatabases({ durable }: { durable: boolean }): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  if (process.env.RUSHES_TEST_PG) return stack.move()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-run-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  // The server may run as another user, who has to get to its own folder in here.
  await chmod(folder, 0o711)
  const server = stack.use(await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable }))
  process.env.RUSHES_TEST_PG = server.url
  stack.defer(() => void delete process.env.RUSHES_TEST_PG)
  return stack.move()
}
