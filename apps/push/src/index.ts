export {
  createPusher,
  type Pusher,
  type PusherConfig,
  type PushResult,
  type PushTransport,
} from './pusher.ts'
export { createVapidKeys, type PushMessage, type PushSubscription, type VapidKeys } from './web-push.ts'
