import { metrics } from '@rushes/monitoring'
import type { Guard } from './admit.ts'
import type { Client } from './client.ts'
import type { Admission, Live, Visitor } from './live.ts'
import type { Channel, ChannelServer, Connection } from './protocol/index.ts'

/** Close codes of our own: the client must sign in again. */
const unauthenticated = 4401
const idleAnonymousMs = 30_000
/** Questions to Core under way at a time; the database has other things to do. */
const atOnce = 4

/** What one sweep has asked already: many sockets belong to few people. */
interface Answers {
  readonly visitors: Map<string, Promise<Visitor | null>>
  readonly admissions: Map<string, Promise<Admission | null>>
}

/** What the sweep needs of the process it runs in. */
export interface RecheckHost {
  readonly live: Live
  readonly server: Pick<ChannelServer<Client>, 'connections'>
  failed(error: unknown): void
}

/**
 * Asks Core again whether everyone who is in may still be: after events that change access, and in any case every
 * `everyMs`, since sessions, links and tokens also end without an event. When Core can't answer everyone stays, for
 * then there is nothing to hear either.
 */
export class Recheck implements Disposable {
  readonly #host: RecheckHost
  readonly #guards = new WeakMap<Channel<Client>, Guard>()
  readonly #timer: NodeJS.Timeout
  #sweeping = false

  constructor(host: RecheckHost, everyMs: number) {
    this.#host = host
    this.#timer = setInterval(() => void this.#sweepAll(), everyMs).unref()
  }

  /** Watches over a channel that was let in. */
  guard(channel: Channel<Client>, guard: Guard): void {
    this.#guards.set(channel, guard)
  }

  /** Asks about everyone, or about those who follow one project. */
  async sweep(projectId?: string): Promise<void> {
    const answers: Answers = { visitors: new Map(), admissions: new Map() }
    const connections = [...this.#host.server.connections].values()
    const worker = async () => {
      for (const connection of connections) await this.#check(connection, answers, projectId)
    }
    try {
      await Promise.all(Array.from({ length: atOnce }, worker))
    } catch (error) {
      this.#host.failed(error)
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  async #sweepAll() {
    metrics.gauge('realtime.connections', this.#host.server.connections.size)
    if (this.#sweeping) return
    this.#sweeping = true
    await this.sweep()
    this.#sweeping = false
  }

  async #check(connection: Connection<Client>, answers: Answers, projectId: string | undefined) {
    if (projectId === undefined && (await this.#expired(connection, answers))) {
      connection.close(unauthenticated, 'unauthenticated')
      return
    }
    for (const channel of [...connection.channels]) {
      const guard = this.#guards.get(channel)
      if (guard === undefined || (projectId ?? guard.admission.projectId) !== guard.admission.projectId)
        continue
      await this.#checkChannel(channel, guard, answers)
    }
  }

  async #expired({ session, channels }: Connection<Client>, answers: Answers) {
    for (const { token } of session.credentials) {
      if ((await this.#visitor(token, answers)) === null) return true
    }
    const idle = session.credentials.length === 0 && [...channels].length === 0
    return idle && performance.now() - session.connectedAt > idleAnonymousMs
  }

  async #checkChannel(channel: Channel<Client>, { token, admission }: Guard, answers: Answers) {
    const visitor = await this.#visitor(token, answers)
    const now = visitor && (await this.#admission(visitor, channel.topic, answers))
    if (now === null) channel.close()
    // Whoever stands differently now sees other things: its client rejoins, and resumes from its cursor.
    else if (now.audience !== admission.audience || now.speaks !== admission.speaks)
      channel.crash('access_changed')
  }

  #visitor(token: string, { visitors }: Answers) {
    return remembered(visitors, token, () => this.#host.live.whoIs(token))
  }

  #admission(visitor: Visitor, topic: string, { admissions }: Answers) {
    return remembered(admissions, `${visitor.key} ${topic}`, () => visitor.admit(topic))
  }
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask()
  known.set(key, answer)
  return answer
}
