/** Something to wait on until it is rung or time is up; a ring while nobody waits is kept. */
export interface Wake {
  ring(): void
  /** Resolves at the next ring, after `ms`, or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export function createWake(): Wake {
  let rung = false
  let resume: (() => void) | null = null
  return {
    ring() {
      rung = true
      resume?.()
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          const done = () => {
            clearTimeout(timer)
            resolve()
          }
          resume = done
          signal.addEventListener('abort', done, { once: true })
        })
      resume = null
      rung = false
    },
  }
}
