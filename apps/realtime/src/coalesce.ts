import { Refused } from './protocol/index.ts'

const everyMs = 100
const mostKeys = 64

/** Lets the first of a key through at once and then, while more come, the latest of them ten times a second. */
export class Coalesce implements Disposable {
  readonly #waiting = new Map<string, { timer: NodeJS.Timeout; latest: (() => void) | undefined }>()

  /** @throws Refused `rate_limited` when too many keys are in use at once */
  say(key: string, send: () => void): void {
    const waiting = this.#waiting.get(key)
    if (waiting !== undefined) {
      waiting.latest = send
      return
    }
    if (this.#waiting.size >= mostKeys) throw new Refused('rate_limited')
    send()
    this.#waiting.set(key, { timer: setInterval(() => this.#tick(key), everyMs), latest: undefined })
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#waiting.values()) clearInterval(timer)
    this.#waiting.clear()
  }

  #tick(key: string) {
    const waiting = this.#waiting.get(key)
    if (waiting?.latest === undefined) {
      clearInterval(waiting?.timer)
      this.#waiting.delete(key)
      return
    }
    waiting.latest()
    waiting.latest = undefined
  }
}
