import { invalidSession, LegacyError } from '../legacy-error.ts'

interface V2Problem {
  detail?: unknown
}

/** V2's refusal in legacy words: the same verdict, as `errors`. Only limits and faults of our own keep their status (R4). */
export async function refusal(answer: Response): Promise<LegacyError> {
  const errors = await details(answer)
  if (answer.status === 401 && !new URL(answer.url).pathname.startsWith('/session')) return invalidSession()
  const own = answer.status === 429 || answer.status >= 500
  return new LegacyError(errors, {
    status: own ? answer.status : 200,
    retryAfter: answer.headers.get('retry-after'),
  })
}

async function details(answer: Response): Promise<string[]> {
  const body: unknown = await answer.json().catch(() => null)
  const problems =
    typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors)
      ? (body.errors as V2Problem[])
      : []
  const found = problems.flatMap(({ detail }) => (typeof detail === 'string' ? [detail] : []))
  return found.length > 0 ? found : ['The request could not be served']
}
