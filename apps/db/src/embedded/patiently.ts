import { setTimeout as wait } from 'node:timers/promises'
import { EmbeddedError } from './errors.ts'

/**
 * Runs `start` again, for up to 10 s, while the processes of a killed server are still ending: they hold its shared memory
 * until they notice that their postmaster is gone.
 */
export async function patiently<T>(start: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      return await start()
    } catch (error) {
      const passing = error instanceof EmbeddedError && error.code === 'still_running'
      if (!passing || Date.now() > deadline) throw error
    }
    await wait(50)
  }
}
