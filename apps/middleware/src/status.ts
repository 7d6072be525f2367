import type { ErrorCode } from '@rushes/core'

/** Every code's HTTP status and title on the V2 wire (v2 section 4.6; 422 instead of 400, which clients would retry: H7). */
export const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  unauthenticated: { status: 401, title: 'Not Authorized' },
  plan_limit: { status: 402, title: 'Plan limit reached' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  invalid: { status: 422, title: 'There was a problem processing your request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Service unavailable' },
  storage_full: { status: 507, title: 'Insufficient storage' },
}
