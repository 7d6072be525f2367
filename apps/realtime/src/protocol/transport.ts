import type { Packet } from './packet.ts'

/** How bytes reach one client. */
export type Transport = {
  /** Sends, or drops the client when it reads too slowly. A droppable packet is skipped for a client that lags. */
  send(packet: Packet, droppable: boolean): void
  /** Resolves once the client has taken most of what was sent, or is gone. */
  ready(): Promise<void>
  /** Ends with a WebSocket close code. Some clients never come back after 1000, and Swift after 1001 or 1012. */
  close(code: number, reason: string): void
  /** Drops the client without a word; every known client then reconnects. */
  terminate(): void
}
