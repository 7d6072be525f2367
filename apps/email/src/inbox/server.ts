import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readInbox } from './capture.ts'
import { listPage, mailPage } from './pages.ts'

export interface InboxServer extends AsyncDisposable {
  url: string
}

/** Serves the mails captured in `folder`: `/` lists them, `/<id>` shows one, `/messages.json` is for programs. */
export async function inboxServer({
  folder,
  port = 0,
  host = '127.0.0.1',
}: {
  folder: string
  port?: number
  host?: string
}): Promise<InboxServer> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://inbox').pathname
    await answer(folder, path, response).catch(() =>
      send(response, 500, 'text/plain', 'the inbox cannot be read'),
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function answer(folder: string, path: string, response: ServerResponse) {
  const mails = await readInbox(folder)
  if (path === '/') return send(response, 200, 'text/html', listPage(mails))
  if (path === '/messages.json') return send(response, 200, 'application/json', JSON.stringify(mails))
  const mail = mails.find(({ id }) => path === `/${id}`)
  if (mail === undefined) return send(response, 404, 'text/plain', 'no such mail')
  return send(response, 200, 'text/html', mailPage(mail))
}

function send(response: ServerResponse, status: number, type: string, body: string) {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  response.end(body)
}
