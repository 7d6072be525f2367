import type { CoreError, ErrorCode } from '@rushes/core'

/** A refusal in the form in which S3 gives it, and clients of the V2 API read it (v2 sections 4.6 and 5.1). */
export interface S3Error {
  status: number
  code: string
  message: string
}

const answers: Record<ErrorCode, [status: number, code: string]> = {
  unauthenticated: [403, 'AccessDenied'],
  forbidden: [403, 'AccessDenied'],
  not_found: [403, 'AccessDenied'],
  conflict: [403, 'AccessDenied'],
  plan_limit: [403, 'AccessDenied'],
  invalid: [400, 'InvalidRequest'],
  rate_limited: [503, 'SlowDown'],
  unavailable: [503, 'ServiceUnavailable'],
  storage_full: [507, 'InsufficientStorage'],
}

/** Every code's status and S3 name. What a link doesn't open looks the same as what isn't there. */
export function s3Error({ code, message }: CoreError): S3Error {
  const [status, name] = answers[code]
  return { status, code: name, message }
}

/** The body: `<Error><Code/><Message/></Error>`. */
export function s3Xml({ code, message }: Omit<S3Error, 'status'>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
