import { isIP } from 'node:net'
import { isLoopbackAddress, isPublicAddress } from './addresses.ts'

/** What an installation lets its users' addresses reach. */
export interface OutboundRules {
  /** Also `http://` and any port, when the host is written as a loopback address or `localhost`: for a local sink. */
  allowInsecureLoopback?: boolean
}

export type OutboundRefusal = 'malformed' | 'scheme' | 'credentials' | 'port' | 'blocked_address'

export type OutboundCheck = { ok: true; url: URL } | { ok: false; reason: OutboundRefusal }

const ports = new Set(['', '80', '443', '8443'])
const MAX_LENGTH = 2048

/** A name from the public tree: letters, digits, hyphens, two labels or more. Single labels are a private network's. */
const publicName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const localSuffix = /(?:^|\.)(?:localhost|local|internal|lan|home|intranet|corp|home\.arpa)$/

/**
 * Judges a URL that a user gave us to call (webhook, custom action, import) without asking DNS: https, ports 80, 443 or
 * 8443, no credentials, no control characters, and a host that is a public name or a public address in any spelling.
 * What the name resolves to is judged again by the sender, which connects only to the address it judged.
 */
export function checkOutboundUrl(text: string, rules: OutboundRules = {}): OutboundCheck {
  if (text.length > MAX_LENGTH || hasControl(text) || !URL.canParse(text)) return refuse('malformed')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return refuse('credentials')
  if (/%0[0ad]/i.test(url.pathname + url.search)) return refuse('malformed')
  const host = bareHost(url)
  if (rules.allowInsecureLoopback && isHttp(url) && isLoopbackHost(host)) return { ok: true, url }
  if (url.protocol !== 'https:') return refuse('scheme')
  if (!ports.has(url.port)) return refuse('port')
  if (isIP(host) === 0) return isPublicName(host) ? { ok: true, url } : refuse('blocked_address')
  return isPublicAddress(host) ? { ok: true, url } : refuse('blocked_address')
}

/** Whether a host, as the URL parser spells it, is this machine by name or address. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host)
}

/** The host of a URL without the brackets of an IPv6 address. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

function isPublicName(host: string) {
  const name = host.replace(/\.$/, '')
  return publicName.test(name) && !localSuffix.test(name)
}

function isHttp(url: URL) {
  return url.protocol === 'http:' || url.protocol === 'https:'
}

/** The URL parser drops tabs and newlines and trims spaces in silence; what was meant is then anyone's guess. */
function hasControl(text: string) {
  return [...text].some((char) => char <= ' ' || char === '\u007f' || char === '\\')
}

function refuse(reason: OutboundRefusal): OutboundCheck {
  return { ok: false, reason }
}
