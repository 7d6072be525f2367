import { createHash } from 'node:crypto'
import { logger, metrics } from '@rushes/monitoring'
import { Memcache } from 'memcache'

const ANSWER_MS = 100
const RETRY_MS = 500

/** Memcached's default limit of an item is 1 MiB, in which base64 and the item's head must fit. */
const MAX_BYTES = 750_000
const MAX_SECONDS = 30 * 24 * 3600

const log = logger('cache')

/**
 * Memcached as a tier that may fail at any time. One late or broken answer opens the breaker: the connection is thrown
 * away, for a late reply could be taken for another key's, and reads miss at once until a new connection has answered.
 * Reconnecting happens beside the reads, never in their way.
 */
export function memcachedTier(server: string, namespace: string) {
  let client: Memcache | undefined
  let connecting = false
  let closed = false
  let retryAt = 0

  function fail(failed: Memcache, reason: 'late' | 'closed') {
    if (client === failed) {
      client = undefined
      retryAt = performance.now() + RETRY_MS
      metrics.count('cache.breaker.opened', 1, { reason })
      if (!closed) log.warn('memcached is left out', { server, reason })
    }
    void failed.disconnect()
  }

  async function connect() {
    if (connecting || closed || performance.now() < retryAt) return
    connecting = true
    // The client takes its timeout as the longest idle time of the socket; answers are timed here instead.
    const fresh = new Memcache({ nodes: [server], timeout: 3_600_000 })
    fresh.on('error', () => {})
    try {
      await inTime(fresh.connect().then(() => fresh.version()))
      fresh.on('close', () => fail(fresh, 'closed'))
      if (closed) return void fresh.disconnect()
      client = fresh
      log.info('memcached is used', { server })
    } catch {
      retryAt = performance.now() + RETRY_MS
      void fresh.disconnect()
    } finally {
      connecting = false
    }
  }

  async function ask<T>(command: (using: Memcache) => Promise<T>): Promise<T | undefined> {
    const current = client
    if (current === undefined) return void connect()
    try {
      return await inTime(command(current))
    } catch {
      fail(current, 'late')
    }
  }

  void connect()
  return {
    /** What is kept under the key, or undefined when nothing is or the server is of no use now. Never rejects. */
    async get(key: string): Promise<Buffer | undefined> {
      const id = hashed(namespace, key)
      const text = await ask((using) => using.get(id))
      const [owner, value] = text?.split(' ') ?? []
      return owner === id && value !== undefined ? Buffer.from(value, 'base64') : undefined
    },
    /** Keeps bytes for a while, without waiting. What is too large is not kept. */
    set(key: string, bytes: Buffer, seconds: number) {
      if (bytes.length > MAX_BYTES) return
      const id = hashed(namespace, key)
      const ttl = Math.min(MAX_SECONDS, Math.max(1, Math.round(seconds)))
      void ask((using) => using.set(id, `${id} ${bytes.toString('base64')}`, ttl))
    },
    /** Forgets a key, without waiting. */
    delete(key: string) {
      const id = hashed(namespace, key)
      void ask((using) => using.delete(id))
    },
    close() {
      closed = true
      void client?.disconnect()
    },
  }
}

/** Text of people never reaches the protocol: no spaces, no line breaks, never over 250 bytes (AB87). */
function hashed(namespace: string, key: string) {
  return createHash('sha256')
    .update(JSON.stringify(['1', namespace, key]))
    .digest('base64url')
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('memcached is late')), ANSWER_MS)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
