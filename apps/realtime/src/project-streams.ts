import type { LiveEvent } from './live.ts'
import { ProjectStream, type StreamHost } from './project-stream.ts'

/** What the streams need of the process they run in. */
export interface StreamsHost extends Omit<StreamHost, 'told'> {
  /** Told of events after which somebody may have lost a project. */
  accessChanged(projectId: string): void
  failed(error: unknown): void
}

interface Followed {
  readonly stream: Promise<ProjectStream>
  followers: number
}

/** The projects that somebody of this process follows. The doorbell says which have moved, a poll what it missed. */
export class ProjectStreams implements Disposable {
  readonly #host: StreamsHost
  readonly #followed = new Map<string, Followed>()
  readonly #bell: Disposable
  readonly #poll: NodeJS.Timeout
  #polling = false

  constructor(host: StreamsHost, pollMs: number) {
    this.#host = host
    this.#bell = host.live.listen((projectIds) => this.#wake(projectIds))
    this.#poll = setInterval(() => void this.#pollHeads(), pollMs).unref()
  }

  /** The project's stream, kept until as many `close` as `open` were called. */
  open(projectId: string): Promise<ProjectStream> {
    const followed = this.#followed.get(projectId) ?? { stream: this.#start(projectId), followers: 0 }
    followed.followers += 1
    this.#followed.set(projectId, followed)
    return followed.stream
  }

  close(projectId: string): void {
    const followed = this.#followed.get(projectId)
    if (followed !== undefined && --followed.followers === 0) this.#followed.delete(projectId)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#poll)
    this.#bell[Symbol.dispose]()
  }

  async #start(projectId: string) {
    const { live, server, accessChanged } = this.#host
    const heads = await live.heads([projectId])
    const told = (id: string, event: LiveEvent) => event.changesAccess && accessChanged(id)
    return new ProjectStream({ live, server, told }, projectId, heads.get(projectId) ?? 0)
  }

  #wake(projectIds: Iterable<string>) {
    for (const id of projectIds) {
      const stream = this.#followed.get(id)?.stream
      stream?.then((followed) => followed.catchUp()).catch((error) => this.#host.failed(error))
    }
  }

  async #pollHeads() {
    if (this.#polling || this.#followed.size === 0) return
    this.#polling = true
    try {
      const heads = await this.#host.live.heads([...this.#followed.keys()])
      for (const [id, seq] of heads) {
        const stream = await this.#followed.get(id)?.stream
        if (stream !== undefined && seq > stream.seq) await stream.catchUp()
      }
    } catch (error) {
      this.#host.failed(error)
    } finally {
      this.#polling = false
    }
  }
}
