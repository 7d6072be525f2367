import type { Core } from '@rushes/core'
import { coreLive } from './core-live.ts'
import { type Realtime, type RealtimeOptions, startRealtime } from './realtime.ts'

export type { Realtime, RealtimeOptions }

/**
 * Sockets over Core, in the protocol of Phoenix Channels. Nothing is served before `attach`, which takes `/socket/websocket`
 * and `/socket/longpoll` of an HTTP server and leaves the rest as it was.
 */
export function realtime(core: Core, options: RealtimeOptions = {}): Realtime {
  return startRealtime(coreLive(core), options)
}
