import type { Live, Notice } from './live.ts'
import type { ChannelServer } from './protocol/index.ts'

/** A poll looks back this far, since a transaction may commit a while after its clock was read. */
const lookBackSeconds = 15

/** What the inbox needs of the process it runs in. */
export interface InboxHost {
  readonly live: Live
  readonly server: Pick<ChannelServer<unknown>, 'broadcast'>
  failed(error: unknown): void
}

/** Tells people who are connected what comes into their inbox, as `notification.created` under `users:<id>`. */
export class Inbox implements Disposable {
  readonly #host: InboxHost
  readonly #watched = new Map<string, number>()
  readonly #timer: NodeJS.Timeout
  #seen = new Map<string, number>()
  #polling = false

  constructor(host: InboxHost, pollMs: number) {
    this.#host = host
    this.#timer = setInterval(() => void this.poll(), pollMs).unref()
  }

  /**
   * Watches a person's inbox until the answer is called. What is in it when this resolves is not told; so whoever asks for
   * it waits, or what comes in meanwhile would be taken for old.
   */
  async watch(userId: string): Promise<() => void> {
    if (!this.#watched.has(userId)) await this.#look([userId], () => {})
    this.#watched.set(userId, (this.#watched.get(userId) ?? 0) + 1)
    return () => {
      const watchers = (this.#watched.get(userId) ?? 1) - 1
      if (watchers > 0) this.#watched.set(userId, watchers)
      else this.#watched.delete(userId)
    }
  }

  /** Looks once into the inboxes of everyone watched. */
  async poll(): Promise<void> {
    if (this.#polling || this.#watched.size === 0) return
    this.#polling = true
    const { server } = this.#host
    await this.#look([...this.#watched.keys()], ({ userId, body }) =>
      server.broadcast(`users:${userId}`, 'notification.created', body),
    )
    this.#forget()
    this.#polling = false
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  async #look(userIds: readonly string[], tell: (notice: Notice) => void) {
    try {
      for (const notice of await this.#host.live.notices(userIds, lookBackSeconds)) {
        if (!this.#seen.has(notice.id)) tell(notice)
        this.#seen.set(notice.id, performance.now())
      }
    } catch (error) {
      this.#host.failed(error)
    }
  }

  #forget() {
    const old = performance.now() - 4 * lookBackSeconds * 1000
    this.#seen = new Map([...this.#seen].filter(([, at]) => at > old))
  }
}
