import type { CoreError } from '@rushes/core'
import { STATUS } from './status.ts'

/** A failure as V2 clients read it: status, body, and seconds to wait where waiting helps. */
export interface WireError {
  status: number
  body: object
  retryAfterSeconds: number | null
}

const NOT_FOUND = 'Could not find the requested resource'

/** The V2 error body (section 4.6); a 422 names each field, everything else stands alone. */
export function wireError(error: CoreError): WireError {
  const { status, title } = STATUS[error.code]
  const detail = error.code === 'not_found' ? NOT_FOUND : error.message === error.code ? title : error.message
  const errors =
    error.problems.length > 0
      ? error.problems.map((problem) => ({
          code: 'invalid',
          detail: problem.detail,
          field: problem.field,
          status,
          title: 'is invalid',
        }))
      : [{ code: status, detail, status, title }]
  const wait = error.code === 'unavailable' ? 2 : error.code === 'rate_limited' ? 1 : null
  return {
    status,
    body: { code: status, errors, message: title },
    retryAfterSeconds: error.retryAfterSeconds ?? wait,
  }
}

/** The V2 body for a status that comes from HTTP itself (413, 415, 404 of no route, 500). */
export function wireStatus(status: number, title: string, detail = title): WireError {
  return {
    status,
    body: { code: status, errors: [{ code: status, detail, status, title }], message: title },
    retryAfterSeconds: null,
  }
}
