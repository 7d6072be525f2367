import ipaddr from 'ipaddr.js'

/** Azure answers platform requests of a virtual machine at this address, though it is a public one. */
const platformAddress = '168.63.129.16'

/** All of IPv6 that is handed out for the internet; the rest is special or not assigned (IANA, 2000::/3). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/**
 * Whether a request on behalf of a user may connect to this IP address: only what the internet routes. Loopback,
 * private, link-local, carrier, metadata, multicast and reserved ranges are not, nor IPv4 inside IPv6 (mapped, NAT64,
 * 6to4, Teredo). `address` is in the canonical form of a resolver; anything else is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address))
    return ipaddr.IPv4.parse(address).range() === 'unicast' && address !== platformAddress
  if (address.includes('.') || !ipaddr.IPv6.isValid(address)) return false
  const six = ipaddr.IPv6.parse(address)
  return six.zoneId === undefined && six.range() === 'unicast' && six.match(globalUnicast)
}

/** Whether this canonical IP address is the machine itself: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'
}
