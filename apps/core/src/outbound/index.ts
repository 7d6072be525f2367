export { isLoopbackAddress, isPublicAddress } from './addresses.ts'
export {
  bareHost,
  checkOutboundUrl,
  isLoopbackHost,
  type OutboundCheck,
  type OutboundRefusal,
  type OutboundRules,
} from './check-url.ts'
