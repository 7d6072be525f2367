/** JSON found in a string: its text, as written where nothing had to change, and its parsed form. */
export interface JsonText {
  text: string
  value: unknown
  salvaged: boolean
}

const DEEPEST_WRAPPING = 5
const SUSPECT_ESCAPE = /\\u(0000|[dD][89a-fA-F])/
const ESCAPE = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]/g
const RUBYISH = /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'|=>|\bnil\b|,(?=\s*[}\]])/gs
const RUBY_TOKENS: Record<string, string> = { '=>': ':', nil: 'null', ',': '' }

/**
 * The JSON in `text`, unwrapped while it is a string holding JSON again (writers that serialised twice), at most 5 deep.
 * Escapes that Postgres refuses are mended: `\u0000` goes, a lone surrogate becomes U+FFFD. What is not JSON is tried once
 * as Ruby's `inspect`, single quotes or a trailing comma. Numbers keep their digits in `text`. Undefined when unreadable.
 */
export function readJson(text: string): JsonText | undefined {
  let current = text
  for (let depth = 0; depth < DEEPEST_WRAPPING; depth++) {
    const parsed = parse(current) ?? parse(rubyToJson(current))
    if (!parsed) return undefined
    if (typeof parsed.value !== 'string') {
      const mended = mendEscapes(parsed.text)
      const value = mended === parsed.text ? parsed.value : JSON.parse(mended)
      return { text: mended, value, salvaged: parsed.text !== current }
    }
    current = parsed.value
  }
  return undefined
}

function parse(text: string): { text: string; value: unknown } | undefined {
  try {
    return { text, value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function mendEscapes(text: string): string {
  if (!SUSPECT_ESCAPE.test(text)) return text
  return text.replace(ESCAPE, (token) => {
    if (token.length !== 6) return token
    if (token === '\\u0000') return ''
    return /^\\u[dD][89a-fA-F]/.test(token) ? '\\ufffd' : token
  })
}

function rubyToJson(text: string): string {
  return text.replace(RUBYISH, (token, single: string | undefined) => {
    if (single !== undefined) return JSON.stringify(single.replaceAll("\\'", "'"))
    return RUBY_TOKENS[token] ?? token
  })
}
