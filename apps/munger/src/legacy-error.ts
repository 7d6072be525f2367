interface LegacyErrorOptions {
  status?: number
  key?: string
  /** For the `retry-after` header. */
  retryAfter?: string | null
  cause?: unknown
}

/** A refusal in the legacy contract: 200 and an `errors` list (1.7), unless `status` says that the fault is not the client's. */
export class LegacyError extends Error {
  readonly errors: string[]
  readonly status: number
  readonly key: string | null
  readonly retryAfter: string | null

  constructor(errors: string | string[], options: LegacyErrorOptions = {}) {
    const { status = 200, key = null, retryAfter = null, cause } = options
    const list = typeof errors === 'string' ? [errors] : errors
    super(list.join('; '), { cause })
    this.name = 'LegacyError'
    this.errors = list
    this.status = status
    this.key = key
    this.retryAfter = retryAfter
  }
}

/** Signed in by nobody, or by somebody else than `mid` says (R3). */
export function invalidSession(): LegacyError {
  return new LegacyError('Invalid session', { key: 'invalid-session' })
}

export function notFound(): LegacyError {
  return new LegacyError('Could not find the requested resource')
}
