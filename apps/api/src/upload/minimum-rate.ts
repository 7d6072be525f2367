/** How slow a sender may be: on average `bytesPerSecond` over each `windowMs` spent waiting for it. */
export interface RateLimits {
  bytesPerSecond: number
  windowMs: number
}

const limits: RateLimits = { bytesPerSecond: 1000, windowMs: 30_000 }

/** Passes a body on, and fails with status 408 when its sender is too slow. Only time spent waiting for the sender counts. */
export async function* minimumRate(
  body: AsyncIterable<Uint8Array>,
  { bytesPerSecond, windowMs }: RateLimits = limits,
): AsyncIterable<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  let waited = 0
  let received = 0
  try {
    for (;;) {
      const asked = performance.now()
      const { done, value } = await within(windowMs - waited, chunks.next())
      if (done) return
      waited += performance.now() - asked
      received += value.length
      if (received * 1000 >= bytesPerSecond * windowMs) waited = received = 0
      yield value
    }
  } finally {
    // Not awaited: while the sender is silent a read is pending, and this would wait for it.
    chunks.return?.().catch(() => {})
  }
}

async function within<T>(ms: number, result: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, Math.max(0, ms), Object.assign(new Error('too slow'), { statusCode: 408 }))
  try {
    return await Promise.race([result, late])
  } finally {
    clearTimeout(timer)
  }
}
