import { metrics } from '@rushes/monitoring'
import type { Live, LiveEvent } from './live.ts'
import type { ChannelServer } from './protocol/index.ts'

const pageSize = 500

/** One way of showing a project's log: under which topic, and to whom. */
export interface View {
  readonly topic: string
  readonly audience: string
}

/** The group that hears a view. */
export function groupOf({ topic, audience }: View): string {
  return `${topic} ${audience}`
}

/** What a stream needs of the process it runs in. */
export interface StreamHost {
  readonly live: Live
  readonly server: Pick<ChannelServer<unknown>, 'broadcast'>
  told(projectId: string, event: LiveEvent): void
}

/**
 * One project's log as it grows, told to everyone of this process who follows the project. `seq` is the last event that
 * was told, so whoever has read up to `seq` and subscribes at that moment misses nothing and hears nothing twice.
 */
export class ProjectStream {
  readonly #host: StreamHost
  readonly #projectId: string
  readonly #views = new Map<string, View & { followers: number }>()
  #seq: number
  #running: Promise<void> = Promise.resolve()
  #queued: Promise<void> | undefined

  constructor(host: StreamHost, projectId: string, seq: number) {
    this.#host = host
    this.#projectId = projectId
    this.#seq = seq
  }

  get seq(): number {
    return this.#seq
  }

  /** Tells this view too from now on; once for each follower. */
  show(view: View): void {
    const group = groupOf(view)
    const followers = this.#views.get(group)?.followers ?? 0
    this.#views.set(group, { ...view, followers: followers + 1 })
  }

  /** Undoes one `show`. */
  hide(view: View): void {
    const shown = this.#views.get(groupOf(view))
    if (shown !== undefined && --shown.followers === 0) this.#views.delete(groupOf(view))
  }

  /** Tells what is new; resolves when everything committed before the call was told. Calls made meanwhile share a read. */
  catchUp(): Promise<void> {
    this.#queued ??= this.#running.then(() => {
      this.#queued = undefined
      const run = this.#tellNew()
      this.#running = run.catch(() => {})
      return run
    })
    return this.#queued
  }

  async #tellNew() {
    for (;;) {
      const audiences = this.#audiences()
      const events = await this.#host.live.read(this.#projectId, this.#seq, pageSize, [...audiences])
      // Somebody of an audience that was not asked for has subscribed meanwhile: ask again, for them too.
      if (!this.#audiences().isSubsetOf(audiences)) continue
      for (const event of events) this.#tell(event)
      if (events.length < pageSize) return
    }
  }

  #audiences() {
    return new Set([...this.#views.values()].map((view) => view.audience))
  }

  #tell(event: LiveEvent) {
    for (const [group, { topic, audience }] of this.#views) {
      const body = event.told.get(audience)
      if (body !== undefined) this.#host.server.broadcast(group, event.type, body, { topic })
    }
    this.#seq = event.seq
    // From the start of the writing transaction, on the database's clock.
    metrics.timing('realtime.latency', Math.max(0, Date.now() - Date.parse(event.at)) / 1000)
    this.#host.told(this.#projectId, event)
  }
}
