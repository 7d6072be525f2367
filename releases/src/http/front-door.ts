import type { RequestListener } from 'node:http'

const API = new Set(['v2', 'oauth2', 'session', 'review', 'upload', 'media', 'health', 'openapi.json'])

/** One origin for everything a browser or client needs: the API's paths go to the API, the others show the web client. */
export function frontDoor(api: RequestListener, site: RequestListener): RequestListener {
  return (request, response) => {
    const [, first = ''] = (request.url ?? '/').split(/[/?#]/, 2)
    return API.has(first) ? api(request, response) : site(request, response)
  }
}
