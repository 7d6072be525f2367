import { readFile, rename, writeFile } from 'node:fs/promises'

/** Remembers what a long piece of work has done, so that it goes on after a kill instead of doing it twice. */
export interface Journal {
  /** The result that `work` had when it was last done under this name, else that of doing it now. Results are plain JSON. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
}

export async function openJournal(file: string): Promise<Journal> {
  const done = new Map<string, unknown>(
    Object.entries(JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))),
  )
  return {
    async step<T>(name: string, work: () => Promise<T>): Promise<T> {
      if (!done.has(name)) {
        done.set(name, (await work()) ?? null)
        await writeFile(`${file}.draft`, JSON.stringify(Object.fromEntries(done)), { mode: 0o600 })
        await rename(`${file}.draft`, file)
      }
      return done.get(name) as T
    },
  }
}
