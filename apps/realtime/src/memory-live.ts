import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Admission, Live, LiveEvent, Notice, Visitor } from './live.ts'
import type { Payload } from './protocol/index.ts'

/** A `Live` in memory, for tests: tokens, who may join what, and logs that grow. */
export class MemoryLive implements Live {
  readonly tokens = new Map<string, string>()
  readonly admissions = new Map<string, Admission>()
  readonly logs = new Map<string, LiveEvent[]>()
  readonly inboxes: Notice[] = []
  currentEpoch = 'one'
  /** Rings that nobody hears, as when a node's connection is gone. */
  deaf = false
  /** What happens between the snapshot of a read and its answer. */
  whileReading: () => void = () => {}
  /** Turns of the event loop that a read takes after its snapshot. */
  turns: (limit: number) => number = () => 1
  readonly #listeners = new Set<(projectIds: readonly string[]) => void>()

  /** Lets `person` into a topic. */
  allow(person: string, topic: string, projectId: string | null, audience = 'team', speaks = true): void {
    this.tokens.set(`token-${person}`, person)
    this.admissions.set(`${person} ${topic}`, {
      projectId,
      audience,
      speaks,
      person: { id: person, name: person },
    })
  }

  forbid(person: string, topic: string): void {
    this.admissions.delete(`${person} ${topic}`)
  }

  /** Commits an event, told to each audience as given, and rings. */
  commit(
    projectId: string,
    type: string,
    told: Record<string, Payload>,
    { at = new Date(), access = false } = {},
  ): number {
    const log = this.logs.get(projectId) ?? []
    this.logs.set(projectId, log)
    const seq = log.length + 1
    const bodies = Object.entries(told).map(([audience, body]) => [audience, { ...body, seq }] as const)
    log.push({ seq, type, at: at.toISOString(), changesAccess: access, told: new Map(bodies) })
    if (!this.deaf) for (const heard of this.#listeners) heard([projectId])
    return seq
  }

  async whoIs(token: string): Promise<Visitor | null> {
    const person = this.tokens.get(token)
    if (person === undefined) return null
    return { key: person, admit: async (topic) => this.admissions.get(`${person} ${topic}`) ?? null }
  }

  async epoch(): Promise<string> {
    return this.currentEpoch
  }

  async heads(projectIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(projectIds.map((id) => [id, this.logs.get(id)?.length ?? 0]))
  }

  async read(
    projectId: string,
    afterSeq: number,
    limit: number,
    audiences: readonly string[],
  ): Promise<LiveEvent[]> {
    const events = (this.logs.get(projectId) ?? []).filter(({ seq }) => seq > afterSeq).slice(0, limit)
    this.whileReading()
    for (let turn = this.turns(limit); turn > 0; turn--) await nextTurn()
    return events.map((event) => ({
      ...event,
      told: new Map([...event.told].filter(([audience]) => audiences.includes(audience))),
    }))
  }

  async notices(userIds: readonly string[]): Promise<Notice[]> {
    return this.inboxes.filter((notice) => userIds.includes(notice.userId))
  }

  listen(heard: (projectIds: readonly string[]) => void): Disposable {
    this.#listeners.add(heard)
    return { [Symbol.dispose]: () => void this.#listeners.delete(heard) }
  }
}
