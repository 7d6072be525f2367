import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../embedded/index.ts'

/** A server in a folder that disposal deletes. `durable` is for runs that measure writes or cut them off. */
export async function ownServer({ durable = false } = {}): Promise<{ url: string } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-test-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  // The server may run as another user, who has to get to its own folder in here.
  await chmod(folder, 0o711)
  const { url } = stack.use(await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable }))
  const owned = stack.move()
  return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
