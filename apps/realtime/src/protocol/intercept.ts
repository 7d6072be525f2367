import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void
type Exchange = (request: IncomingMessage, response: ServerResponse) => void

/** Handlers by path. */
export type Interceptors = {
  readonly upgrade: Readonly<Record<string, Upgrade>>
  readonly request: Readonly<Record<string, Exchange>>
}

/**
 * Takes over some paths of an HTTP server and leaves all others to the listeners it had. They are put behind ours,
 * since a listener can't keep a request from the next one. Disposing puts them back.
 */
export function intercept(server: Server, { upgrade, request }: Interceptors): Disposable {
  const requests = takeOver(server, 'request', (message: IncomingMessage) => request[pathOf(message)])
  const upgrades = takeOver(
    server,
    'upgrade',
    (message: IncomingMessage) => upgrade[pathOf(message)],
    (_message: IncomingMessage, socket: Duplex) =>
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n'),
  )
  return {
    [Symbol.dispose]() {
      requests()
      upgrades()
    },
  }
}

type Listener = (...args: never[]) => void

function takeOver(
  server: Server,
  event: string,
  ours: (message: IncomingMessage) => Listener | undefined,
  nobody?: Listener,
): () => void {
  const others = server.rawListeners(event) as Listener[]
  const first = (...args: never[]) => {
    const own = ours(args[0] as unknown as IncomingMessage)
    if (own !== undefined) own(...args)
    else if (others.length > 0) for (const other of others) other.apply(server, args)
    else nobody?.(...args)
  }
  server.removeAllListeners(event)
  server.on(event, first as (...args: unknown[]) => void)
  return () => {
    server.off(event, first as (...args: unknown[]) => void)
    for (const other of others) server.on(event, other as (...args: unknown[]) => void)
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}
