import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFile } from '@rushes/db/embedded'
import { StartError } from '../start-error.ts'
import { checkWritable } from './check-writable.ts'
import { explainFileError } from './explain.ts'
import { isOurs, mark } from './marker.ts'

/** The folder that holds everything of one installation. Disposal lets another process start on it. */
export interface DataFolder extends Disposable {
  readonly path: string
  readonly postgres: string
  readonly blobs: string
  readonly mail: string
  readonly scratch: string
  readonly secret: string
  readonly demo: string
}

/**
 * Opens the data folder at `path`, making it when there is none, and holds it for this process alone unless `shared` (several
 * nodes on one database). Looks before it writes: a foreign, newer, unwritable, full or taken folder is refused with a
 * `StartError` and left as it was.
 */
export async function openDataFolder(path: string, { shared = false } = {}): Promise<DataFolder> {
  try {
    // Not 0700: the embedded database runs as another user when we are root, and has to get to its own folder in here.
    await mkdir(path, { recursive: true, mode: 0o711 })
    const folder = await realpath(path)
    const known = await isOurs(folder)
    await checkWritable(folder, known ? 'later' : 'first')
    if (!known) await mark(folder)
    return hold(folder, shared)
  } catch (error) {
    throw explainFileError(error, path)
  }
}

function hold(path: string, shared: boolean): DataFolder {
  const lock = shared ? undefined : lockFile(join(path, 'lock'))
  if (!shared && !lock)
    throw new StartError('in_use', `another Rushes runs on the data folder ${path}; stop it first`)
  return {
    path,
    postgres: join(path, 'postgres'),
    blobs: join(path, 'blobs'),
    mail: join(path, 'mail'),
    scratch: join(path, 'scratch'),
    secret: join(path, 'secret.key'),
    demo: join(path, 'demo.json'),
    [Symbol.dispose]: () => lock?.[Symbol.dispose](),
  }
}
