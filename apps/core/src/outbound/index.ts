export { isPublicAddress } from './addresses.ts'
export {
  checkOutboundUrl,
  isLoopbackHost,
  type OutboundCheck,
  type OutboundRefusal,
  type OutboundRules,
} from './check-url.ts'
