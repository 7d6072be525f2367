import type { Limits } from './limits.ts'
import type { Packet } from './packet.ts'
import type { Transport } from './transport.ts'

/** Holds what is to be said until the client polls for it; ends by itself when it no longer does. */
export class LongPollTransport implements Transport {
  readonly #limits: Limits
  readonly #ended: () => void
  #queue: string[] = []
  #queued = 0
  #wake: (() => void) | undefined
  #taken = Promise.withResolvers<void>()
  #expiry: NodeJS.Timeout
  #open = true

  constructor(limits: Limits, ended: () => void) {
    this.#limits = limits
    this.#ended = ended
    this.#expiry = this.#expireLater()
  }

  send(packet: Packet, droppable: boolean): void {
    if (!this.#open || (droppable && this.#queued > this.#limits.maxBufferedBytes / 4)) return
    for (const frame of packet.frames) {
      // A poll's answer is JSON: the clients have no way to read bytes there.
      if (typeof frame !== 'string') continue
      this.#queue.push(frame)
      this.#queued += frame.length
    }
    if (this.#queued > this.#limits.maxBufferedBytes) this.close()
    else this.#wake?.()
  }

  /**
   * What has been said since the last poll, waiting up to `longPollMs` for something; empty when nothing was or when a
   * newer poll took over, undefined once the session has ended. An aborted poll takes nothing.
   */
  async take(aborted: AbortSignal): Promise<readonly string[] | undefined> {
    clearTimeout(this.#expiry)
    this.#wake?.()
    if (this.#open && this.#queue.length === 0) await this.#something(aborted)
    if (!this.#open) return undefined
    clearTimeout(this.#expiry)
    this.#expiry = this.#expireLater()
    if (aborted.aborted) return []
    const messages = this.#queue
    this.#queue = []
    this.#queued = 0
    this.#taken.resolve()
    this.#taken = Promise.withResolvers()
    return messages
  }

  async ready(): Promise<void> {
    if (this.#open && this.#queued > this.#limits.maxBufferedBytes / 4) await this.#taken.promise
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    clearTimeout(this.#expiry)
    this.#wake?.()
    this.#taken.resolve()
    this.#ended()
  }

  terminate(): void {
    this.close()
  }

  #something(aborted: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, this.#limits.longPollMs)
    this.#wake = resolve
    aborted.addEventListener('abort', () => resolve(), { once: true })
    return promise.finally(() => {
      clearTimeout(timer)
      if (this.#wake === resolve) this.#wake = undefined
    })
  }

  #expireLater() {
    return setTimeout(() => this.close(), this.#limits.longPollMs * 1.5)
  }
}
