import type { IncomingMessage } from 'node:http'

/** How slow a sender may be: `bytesPerSecond` on average over each `windowMs` in which it was waited for. */
export interface RateLimits {
  bytesPerSecond: number
  windowMs: number
}

const limits: RateLimits = { bytesPerSecond: 1000, windowMs: 30_000 }

/**
 * Breaks a request off when its body comes too slowly, until disposed. Counts on the socket, outside the way of the bytes. A
 * window at whose end bytes wait to be read is forgiven: then it is the disk that is slow.
 */
export function minimumRate(
  body: IncomingMessage,
  { bytesPerSecond, windowMs }: RateLimits = limits,
): Disposable {
  const { socket } = body
  let counted = socket.bytesRead
  const timer = setInterval(() => {
    const received = socket.bytesRead - counted
    counted = socket.bytesRead
    const late = received * 1000 < bytesPerSecond * windowMs && body.readableLength === 0 && !body.complete
    if (late) body.destroy(new Error('the body came too slowly'))
  }, windowMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
