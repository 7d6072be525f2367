/** Everything Core can refuse with; each wrapper maps every code to its own contract (a missing one doesn't compile). */
export type ErrorCode =
  | 'unauthenticated'
  | 'plan_limit'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable'
  | 'storage_full'

/** One field at fault: `field` is its wire name, `detail` a sentence for the person who sent it. */
export interface FieldProblem {
  field: string
  detail: string
}

interface ErrorOptions {
  detail?: string
  problems?: FieldProblem[]
  retryAfterSeconds?: number
  cause?: unknown
}

/** The one error Core throws on purpose. `detail` is safe to show; it never holds another tenant's data. */
export class CoreError extends Error {
  readonly code: ErrorCode
  readonly problems: FieldProblem[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    super(options.detail ?? code, { cause: options.cause })
    this.name = 'CoreError'
    this.code = code
    this.problems = options.problems ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** A 422-like refusal of one field. */
export function invalid(field: string, detail = `${field} is invalid`): CoreError {
  return new CoreError('invalid', { detail, problems: [{ field, detail }] })
}
