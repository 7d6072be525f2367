/** All that a user is told of a failed call: a fixed list, for the text of an error may name inner hosts. */
export type SendFailure =
  | 'blocked_url'
  | 'blocked_address'
  | 'name_not_found'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'too_large'
  | 'redirect'
  | 'status'
  | 'bad_response'

const patterns: [RegExp, SendFailure][] = [
  [/^blocked_address$/, 'blocked_address'],
  [/^UND_ERR_RES_EXCEEDED_MAX_SIZE$/, 'too_large'],
  [/^(TimeoutError|AbortError|ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'timeout'],
  [
    /^(ENOTFOUND|ENODATA|ESERVFAIL|EREFUSED|EFORMERR|EBADRESP|EBADNAME|ETIMEOUT|EAI_AGAIN|ENOTIMP)$/,
    'name_not_found',
  ],
  [/^(HTTPParserError|HPE_.*|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'bad_response'],
  [
    /^(ERR_TLS_.*|ERR_SSL_.*|EPROTO|CERT_.*|.*_CERT(IFICATE)?|.*_CERT_.*|UNABLE_TO_.*|HOSTNAME_MISMATCH)$/,
    'tls',
  ],
]

/** The code for what a socket, the parser or the resolver threw. */
export function failureCode(error: unknown): SendFailure {
  const words = errorWords(error)
  return patterns.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1] ?? 'unreachable'
}

/** Codes and names of an error, of its causes and of the several that one connection over many addresses fails with. */
function errorWords(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors : []
  const { code } = error as NodeJS.ErrnoException
  return [code ?? '', error.name, ...[error.cause, ...inner].flatMap(errorWords)]
}
