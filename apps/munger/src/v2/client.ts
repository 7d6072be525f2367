import { LegacyError } from '../legacy-error.ts'
import { refusal } from './refusal.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** On whose behalf, and what is told of the request that asked. */
export interface Caller {
  token: string | null
  ip: string
  traceparent: string | null
}

/** A list with its first page read, so that a refusal comes before the answer has begun. */
export interface Pages<T> {
  total: number
  pages: AsyncIterable<T[]>
}

/** V2 over HTTP, for one request. Every refusal comes as a LegacyError. */
export interface V2 {
  get<T>(path: string, query?: Query): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
  put<T>(path: string, body: object): Promise<T>
  delete<T>(path: string): Promise<T>
  list<T>(path: string, query?: Query): Promise<Pages<T>>
  /** Signs in or up; answers V2's session token and who it is. */
  openSession(path: string, body: object): Promise<{ token: string; userId: string; name: string }>
  closeSession(): Promise<void>
}

export type Query = Record<string, string>

/** Small enough that a page of files with their probe results stays a few MiB. */
const PAGE_SIZE = 100
const TIMEOUT_MS = 20_000
const COOKIE = 'rushes_session'

export function v2Client(apiUrl: string, caller: Caller): V2 {
  const headers = {
    ...(caller.token !== null && { authorization: `Bearer ${caller.token}` }),
    ...(caller.traceparent !== null && { traceparent: caller.traceparent }),
    'x-forwarded-for': caller.ip,
    'x-rushes-client': 'munger',
  }
  async function send(method: Method, path: string, body?: object, extra: Record<string, string> = {}) {
    const answer = await fetch(new URL(path, apiUrl), {
      method,
      headers: { ...headers, ...extra, ...(body && { 'content-type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error) => {
      throw new LegacyError('The service is away, try again', { status: 503, retryAfter: '2', cause: error })
    })
    if (!answer.ok) throw await refusal(answer)
    return answer
  }
  const json = async <T>(method: Method, path: string, body?: object) =>
    (await (await send(method, path, body)).json()) as T
  async function page<T>(path: string, query: Query, number: number) {
    const answer = await send(
      'GET',
      withQuery(path, { ...query, page: String(number), page_size: String(PAGE_SIZE) }),
    )
    const rows = (await answer.json()) as T[]
    return {
      rows,
      total: Number(answer.headers.get('total')),
      last: Number(answer.headers.get('total-pages')),
    }
  }
  return {
    get: (path, query = {}) => json('GET', withQuery(path, query)),
    post: (path, body = {}) => json('POST', path, body),
    put: (path, body) => json('PUT', path, body),
    delete: (path) => json('DELETE', path),
    async list<T>(path: string, query: Query = {}) {
      const first = await page<T>(path, query, 1)
      async function* pages() {
        yield first.rows
        for (let number = 2, { last } = first; number <= last; number++) {
          const next = await page<T>(path, query, number)
          last = next.last
          yield next.rows
        }
      }
      return { total: first.total, pages: pages() }
    },
    async openSession(path, body) {
      const answer = await send('POST', path, body)
      const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(/[=;]/, 2))
      const token = cookies.find(([name]) => name === COOKIE)?.[1]
      const { user } = (await answer.json()) as { user: { id: string; name: string } | null }
      if (!token || !user) throw new LegacyError('The session could not be opened', { status: 503 })
      return { token: decodeURIComponent(token), userId: user.id, name: user.name }
    },
    async closeSession() {
      await send('DELETE', '/session', undefined, { cookie: `${COOKIE}=${caller.token ?? ''}` })
    },
  }
}

function withQuery(path: string, query: Query): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? path : `${path}?${text}`
}
