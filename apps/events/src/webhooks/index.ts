export { deliverWebhook, type WebhookDelivery } from './deliver.ts'
export { retryDelay } from './retry.ts'
export {
  createSender,
  type Outbound,
  type Sender,
  type SenderConfig,
  type SendFailure,
  type SendResult,
} from './send.ts'
export { signWebhook } from './sign.ts'
