export { type Broadcaster, type BroadcasterOptions, startBroadcaster } from './broadcaster.ts'
export { type CacheConfig, createCache } from './cache/index.ts'
export { createSender, type Sender, type SenderConfig, signWebhook } from './webhooks/index.ts'
