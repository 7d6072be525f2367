import { existsSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import fastifyStatic from '@fastify/static'
import fastify from 'fastify'

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the browser client from `root`: hashed files for ever, and its page for every address that is none of a file's. */
export async function site(root: string): Promise<RequestListener> {
  const server = fastify()
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
  })
  await server.register(fastifyStatic, {
    root,
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashed = path.startsWith(`${root}/static/`)
      response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/\.\w+$/.test(request.url.split('?')[0] ?? '')
    if (isPage && existsSync(`${root}/index.html`)) return reply.sendFile('index.html')
    return reply.code(404).type('text/plain').send('not found')
  })
  await server.ready()
  return (request, response) => server.routing(request, response)
}
