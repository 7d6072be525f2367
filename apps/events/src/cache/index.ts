export { type CacheConfig, createCache } from './cache.ts'
