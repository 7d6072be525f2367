/** Tells readers of the log that there is something to read. Losing a ring costs latency only: readers also poll. */
export interface Doorbell {
  /** Rings for these projects; '' stands for events outside any project. Never throws, never waits. */
  ring(projectIds: string[]): void
  /** Hears rings of this process and, where configured, of others. */
  listen(heard: (projectIds: string[]) => void): Disposable
}

/** The doorbell of one process. */
export function localDoorbell(): Doorbell {
  const listeners = new Set<(projectIds: string[]) => void>()
  return {
    ring: (projectIds) => {
      for (const heard of listeners) heard(projectIds)
    },
    listen: (heard) => {
      listeners.add(heard)
      return { [Symbol.dispose]: () => void listeners.delete(heard) }
    },
  }
}
