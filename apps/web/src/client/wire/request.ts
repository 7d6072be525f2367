/** What a call to the server failed with. `status` 0: no answer came at all. */
export class RequestError extends Error {
  readonly status: number
  readonly fields: Readonly<Record<string, string>>

  constructor(status: number, message: string, fields: Record<string, string> = {}) {
    super(message)
    this.name = 'RequestError'
    this.status = status
    this.fields = fields
  }
}

export interface Answer<T> {
  body: T
  /** The project's event number that this snapshot already contains (header `x-project-seq`). */
  seq: number | null
}

let inReview = false

/** Whether this window stands in a review link: then the guest's cookie counts before a session's. */
export function standInReview(on: boolean): void {
  inReview = on
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Calls the server with the session cookie; throws `RequestError` for anything but a 2xx answer. */
export async function requestAnswer<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      // A form on another site can't send this header, so the server takes it as proof that the call is ours.
      ...(method !== 'GET' && { 'x-rushes-client': 'web' }),
      ...(inReview && { 'x-rushes-review': '1' }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestError(0, 'The server can’t be reached. Check your connection and try again.')
  })
  const parsed = await response.json().catch(() => null)
  if (!response.ok) throw failure(response.status, parsed)
  const seq = response.headers.get('x-project-seq')
  return { body: parsed as T, seq: seq === null ? null : Number(seq) }
}

/** Like `requestAnswer`, for callers that need the body alone. */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return (await requestAnswer<T>(method, path, body)).body
}

const PAGE_SIZE = 500

/** Reads every page of a list. `path` may carry a query. */
export async function requestAll<T>(path: string): Promise<T[]> {
  const all: T[] = []
  for (let page = 1; ; page++) {
    const mark = path.includes('?') ? '&' : '?'
    const rows = await request<T[]>('GET', `${path}${mark}page_size=${PAGE_SIZE}&page=${page}`)
    all.push(...rows)
    if (rows.length < PAGE_SIZE) return all
  }
}

interface ErrorBody {
  message?: string
  errors?: { detail?: string; field?: string; title?: string }[]
}

function failure(status: number, body: ErrorBody | null): RequestError {
  const fields: Record<string, string> = {}
  for (const error of body?.errors ?? []) {
    if (error.field) fields[error.field] = error.detail ?? error.title ?? 'is invalid'
  }
  const detail = body?.errors?.[0]?.detail
  return new RequestError(status, detail ?? body?.message ?? phrase(status), fields)
}

function phrase(status: number): string {
  if (status === 404) return 'This doesn’t exist, or you have no access to it.'
  if (status === 429) return 'Too many requests. Wait a moment and try again.'
  return `The server answered with an error (${status}).`
}
