import { deserialize, serialize } from 'node:v8'
import type { Cache } from '@rushes/core'
import { metrics } from '@rushes/monitoring'
import { LRUCache } from 'lru-cache'
import { memcachedTier } from './memcached.ts'

export interface CacheConfig {
  /** Bytes of values kept in this process. */
  maxBytes?: number
  /** A Memcached that several processes share; absent, each has only its own memory. */
  memcached?: {
    /** `host:port` */
    server: string
    /** Told apart from what other installations keep on the same server. */
    namespace: string
  }
}

/**
 * A read-through cache: this process's memory, then Memcached if there is one, then `load`. It is never needed for
 * correctness: keys carry the version of what they hold, so a stale fill is unreachable, and a Memcached that is dead,
 * frozen or empty changes latency only. Values keep their types (dates, maps, big integers) in both tiers and are
 * shared: treat them as read-only.
 */
export function createCache({
  maxBytes = 64 * 1024 * 1024,
  memcached,
}: CacheConfig = {}): Cache & AsyncDisposable {
  const memory = new LRUCache<string, { value: unknown }>({ maxSize: maxBytes })
  const loading = new Map<string, Promise<unknown>>()
  const remote = memcached && memcachedTier(memcached.server, memcached.namespace)

  function remember(key: string, value: unknown, bytes: number, seconds: number) {
    memory.set(key, { value }, { ttl: seconds * 1000, size: bytes + key.length + 64 })
  }

  async function fetch(
    key: string,
    ttlSeconds: number,
    load: () => Promise<unknown>,
    isCurrent: () => boolean,
  ) {
    const seconds = jittered(ttlSeconds)
    const found = await remote?.get(key)
    const value = found === undefined ? await load() : deserialize(found)
    metrics.count('cache.read', 1, { tier: found === undefined ? 'source' : 'memcached' })
    if (!isCurrent()) return value
    const bytes = found ?? serialize(value)
    remember(key, value, bytes.length, seconds)
    if (found === undefined) remote?.set(key, bytes, seconds)
    return value
  }

  return {
    through<T>(key: string, ttlSeconds: number, load: () => Promise<T>) {
      const hit = memory.get(key)
      if (hit !== undefined) {
        metrics.count('cache.read', 1, { tier: 'memory' })
        return Promise.resolve(hit.value as T)
      }
      const pending = loading.get(key)
      if (pending !== undefined) return pending as Promise<T>
      const started: Promise<unknown> = fetch(
        key,
        ttlSeconds,
        load,
        () => loading.get(key) === started,
      ).finally(() => {
        if (loading.get(key) === started) loading.delete(key)
      })
      loading.set(key, started)
      return started as Promise<T>
    },
    drop(keys) {
      for (const key of keys) {
        memory.delete(key)
        loading.delete(key)
        remote?.delete(key)
      }
    },
    [Symbol.asyncDispose]: async () => remote?.close(),
  }
}

/** Spread by ±10 %, so that what was filled together does not run out together. */
function jittered(seconds: number) {
  return seconds * (0.9 + 0.2 * Math.random())
}
