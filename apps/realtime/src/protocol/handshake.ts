import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

const tokenProtocol = 'base64url.bearer.phx.'

/** What a client says while connecting. */
export type Handshake = {
  readonly headers: IncomingHttpHeaders
  /** The query of the URL, `vsn` included. Secrets don't belong there: URLs are logged by everyone on the way. */
  readonly params: URLSearchParams
  /** The token of phoenix.js' `authToken`, from the subprotocol (WebSocket) or `X-Phoenix-AuthToken` (long-poll). */
  readonly token: string | undefined
  /** Whether a browser vouches that a page of our own is asking; only then may a cookie speak for anyone. */
  readonly sameOrigin: boolean
  /** Remote address of the peer, which may be a proxy. */
  readonly address: string | undefined
}

/**
 * Reads what a client says while connecting. The token is taken out of the subprotocol header, which then offers
 * `phoenix` alone: the client encodes it with an alphabet that is not legal there.
 */
export function handshake(request: IncomingMessage, ownOrigins: readonly string[]): Handshake {
  const { headers } = request
  return {
    headers,
    params: new URL(request.url ?? '/', 'http://localhost').searchParams,
    token: takeSubprotocolToken(headers) ?? single(headers['x-phoenix-authtoken']),
    sameOrigin: isSameOrigin(headers, ownOrigins),
    address: request.socket.remoteAddress,
  }
}

/** Whether it is a page of ours that connects, or no browser at all: those send no Origin. */
export function originAllowed({ headers, sameOrigin }: Handshake): boolean {
  return headers.origin === undefined || sameOrigin
}

function isSameOrigin(
  { origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders,
  ownOrigins: readonly string[],
): boolean {
  if (origin === undefined) return site === 'same-origin'
  if (ownOrigins.includes(origin)) return true
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}

function takeSubprotocolToken(headers: IncomingHttpHeaders): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim())
  const encoded = offered?.find((name) => name.startsWith(tokenProtocol))?.slice(tokenProtocol.length)
  if (encoded === undefined) return undefined
  headers['sec-websocket-protocol'] = 'phoenix'
  return Buffer.from(encoded, 'base64').toString()
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}
