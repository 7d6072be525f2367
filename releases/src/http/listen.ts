import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartError } from '../start-error.ts'

const HEADERS_MS = 10_000
const BODY_MS = 60_000

/** A listening server. Disposal stops accepting, lets requests under way finish for up to 25 s, then cuts them. */
export interface Listener extends AsyncDisposable {
  readonly server: Server
  readonly port: number
}

/**
 * Serves `handler` on `host` and `port` (0 takes a free one). Headers must arrive within 10 s and bodies within 60 s, except
 * uploads, whose speed the API watches. Throws `port_in_use`.
 */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Listener> {
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: 0 }, (request, response) => {
    if (!request.url?.startsWith('/upload/')) {
      const late = setTimeout(() => request.destroy(), BODY_MS)
      request.once('close', () => clearTimeout(late))
    }
    handler(request, response)
  })
  server.listen(port, host)
  await once(server, 'listening').catch((error) => {
    throw explain(error, host, port)
  })
  return { server, port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: () => close(server) }
}

/** Throws `port_in_use` for the first of `ports` that another program has. */
export async function checkPorts(host: string, ports: readonly number[]): Promise<void> {
  for (const port of ports) await (await listen(() => {}, host, port))[Symbol.asyncDispose]()
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE')
    return new StartError(
      'port_in_use',
      `port ${port} is in use by another program; choose others with RUSHES_PORT`,
    )
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
    return new StartError(
      'port_in_use',
      `can't listen on ${host} port ${port} (${error.code}); choose others with RUSHES_HOST and RUSHES_PORT`,
    )
  return error
}

const GRACE_MS = 25_000

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const patience = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearTimeout(patience)
}
