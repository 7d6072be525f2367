import { Resolver } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopbackHost, isPublicAddress } from '@rushes/core'

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<string[]>

/** More than any honest service has; a flood of answers is refused before it is judged. */
const MAX_ADDRESSES = 32

/** Thrown when a name leads to where a request of a user must not go. */
export class BlockedAddress extends Error {
  readonly code = 'blocked_address'
}

/**
 * A `lookup` for sockets that resolves a name once, refuses it when any one answer is not public, and hands out just the
 * addresses it judged: there is no second resolution that could say something else (DNS rebinding).
 */
export function checkedLookup(resolve: Resolve, allowLoopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    checkedAddresses(hostname, resolve, allowLoopback).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }))
        if (options.all) callback(null, found)
        else callback(null, found[0]!.address, found[0]!.family)
      },
      (error) => callback(error, ''),
    )
  }
}

async function checkedAddresses(hostname: string, resolve: Resolve, allowLoopback: boolean) {
  if (allowLoopback && isLoopbackHost(hostname)) return ['127.0.0.1', '::1']
  const addresses = await resolve(hostname)
  if (addresses.length === 0 || addresses.length > MAX_ADDRESSES || !addresses.every(isPublicAddress))
    throw new BlockedAddress(`${hostname} leads to an address that is not public`)
  return addresses
}

/**
 * Asks the name servers of the system, IPv4 and IPv6. Not `getaddrinfo`: that blocks one of four threads, which also
 * serve the disk, for as long as a hostile name server likes.
 */
export async function resolveName(hostname: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const [first] = answers
  if (found.length === 0 && first.status === 'rejected') throw first.reason
  return found
}
