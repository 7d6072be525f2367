import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A deliberately broken server in front of `base`: it says 200 before it passes the request on, once. A fault run in front of
 * which it stands must report losses, or the run could not see any.
 */
export async function startEarlyAck(base: string): Promise<{ base: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    const { authorization = '', 'idempotency-key': key = '' } = request.headers
    const headers = { authorization, 'idempotency-key': String(key), 'content-type': 'application/json' }
    await fetch(base + request.url, {
      method: request.method ?? 'GET',
      headers,
      body: Buffer.concat(chunks),
    }).catch(() => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
