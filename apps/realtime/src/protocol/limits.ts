/** What one client may cost. Bytes, milliseconds and counts; see `defaultLimits`. */
export type Limits = {
  /** Largest frame a client may send; larger ones close with 1009. */
  maxFrameBytes: number
  /** Bytes that may wait for a slow reader before it is dropped. Droppable messages stop at a quarter of it. */
  maxBufferedBytes: number
  /** Silence after which a client is taken for dead. Clients beat every 30 s, phones in the background less often. */
  idleMs: number
  /** Channels one connection may hold. */
  maxChannels: number
  /** Messages of one channel that may wait for its handler. */
  maxPending: number
  /** Messages a second one connection may send for long, and how many of them at once. */
  messagesPerSecond: number
  burst: number
  /** Broadcasts of one group within this window leave in one write per subscriber; 0 turns it off. */
  batchMs: number
  /** How long a long-poll waits for something to say. */
  longPollMs: number
  /** Time over which connections are dropped when the server goes down. */
  drainMs: number
}

/** Phoenix's own defaults where it has them: 60 s of silence, 100 channels, 10 s polls. */
export const defaultLimits: Limits = {
  maxFrameBytes: 64 * 1024,
  maxBufferedBytes: 1024 * 1024,
  idleMs: 60_000,
  maxChannels: 100,
  maxPending: 100,
  messagesPerSecond: 50,
  burst: 300,
  batchMs: 5,
  longPollMs: 10_000,
  drainMs: 2_000,
}
