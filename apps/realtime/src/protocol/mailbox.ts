/** Runs tasks one after another; a task that throws, or one too many of them, ends it through `failed`. */
export class Mailbox {
  readonly #limit: number
  readonly #failed: (error: unknown) => void
  #waiting: (() => void | Promise<void>)[] = []
  #running = false
  #open = true

  constructor(limit: number, failed: (error: unknown) => void) {
    this.#limit = limit
    this.#failed = failed
  }

  /** Adds a task behind those already there. */
  add(task: () => void | Promise<void>): void {
    if (!this.#open) return
    if (this.#waiting.length >= this.#limit) {
      this.#failed(new Error('mailbox is full'))
      return
    }
    this.#waiting.push(task)
    if (!this.#running) void this.#run()
  }

  /** Forgets what has not started. */
  close(): void {
    this.#open = false
    this.#waiting = []
  }

  async #run() {
    this.#running = true
    try {
      for (let task = this.#waiting.shift(); task !== undefined; task = this.#waiting.shift()) await task()
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#running = false
    }
  }
}
