import { setTimeout as after } from 'node:timers/promises'

const tickMs = 50
const perTick = 25

/**
 * Drops connections in random order, spread over `overMs`; few of them go at once. TCP is dropped rather than closed
 * with a code, because that is the one ending after which every known client reconnects.
 */
export async function drain(connections: Iterable<{ terminate(): void }>, overMs: number): Promise<void> {
  const waiting = [...connections].sort(() => Math.random() - 0.5)
  const share = Math.max(perTick, Math.ceil((waiting.length * tickMs) / overMs))
  while (waiting.length > 0) {
    for (const connection of waiting.splice(0, share)) connection.terminate()
    if (waiting.length > 0) await after(tickMs)
  }
}
