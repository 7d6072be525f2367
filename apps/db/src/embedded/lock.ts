import { DatabaseSync } from 'node:sqlite'

/**
 * Takes the lock that the file at `path` stands for and holds it until disposed; undefined when another process still has it
 * after `waitMs`. The kernel frees it when its holder dies, however that happens: SQLite's own file lock is the one such lock
 * that Node offers on every system.
 */
export function lockFile(path: string, waitMs = 0): Disposable | undefined {
  const file = new DatabaseSync(path, { timeout: waitMs })
  try {
    file.exec('begin exclusive')
    return { [Symbol.dispose]: () => file.close() }
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw error
  }
}

const SQLITE_BUSY = 5
