const HIDDEN = '[redacted]'
const MAX_LENGTH = 8192

/** Query parameters that are worth reading in a log; any other value may be a signature or a token. */
const plainParameters = new Set(['page', 'page_size', 'include', 'sort', 'type', 'vsn'])

const queryValue = /([?&])([\w.[\]%-]{1,64})=([^&\s"'<>#]*)/g
const headerLine = /((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*)[^\r\n]+/gi
const scheme = /\b(Bearer|Basic|Digest)\s+[\w.~+/=-]+/gi
const urlUser = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,512}@/gi
const developerToken = /\bfio-u-[\w.~+/=-]+/g
const assignment =
  /((?:passw(?:or)?d|passphrase|token|secret|signature|credential|session|api[-_]?key|private[-_]?key)[\w-]{0,32}["']?\s{0,8}[:=]\s{0,8})("[^"]*"|'[^']*'|[^\s,;&"'}]+)/gi

/** What every pattern above needs at least; most of what is logged has none of it. */
const suspicious = /[=:\s]|fio-u-/

/**
 * Free text without the secrets it carries: credential headers, bearer values, passwords in URLs, developer tokens,
 * `name=value` and `"name": "value"` pairs that name a secret, and every query-string value not known to be plain.
 * Longer text than 8,192 characters is cut.
 */
export function scrub(text: string): string {
  const short = text.slice(0, MAX_LENGTH)
  if (!suspicious.test(short)) return short
  return short
    .replace(headerLine, `$1$2${HIDDEN}`)
    .replace(scheme, `$1 ${HIDDEN}`)
    .replace(urlUser, `$1${HIDDEN}@`)
    .replace(developerToken, HIDDEN)
    .replace(queryValue, (whole, mark: string, name: string) =>
      plainParameters.has(name) ? whole : `${mark}${name}=${HIDDEN}`,
    )
    .replace(assignment, `$1${HIDDEN}`)
}
