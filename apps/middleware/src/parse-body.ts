import { CoreError, invalid } from '@rushes/core'

const DEEPEST = 64

/** Refuses JSON text nested so deep that walking it could exhaust the stack. Strings don't count. */
function refuseDepth(text: string): void {
  let depth = 0
  for (let place = 0; place < text.length; place++) {
    const letter = text[place]
    if (letter === '"') place = endOfString(text, place)
    else if (letter === '{' || letter === '[') {
      if (++depth > DEEPEST) throw new CoreError('invalid', { detail: 'The body is nested too deep' })
    } else if (letter === '}' || letter === ']') depth--
  }
}

function endOfString(text: string, start: number): number {
  for (let place = start + 1; place < text.length; place++) {
    if (text[place] === '\\') place++
    else if (text[place] === '"') return place
  }
  return text.length
}

/** A JSON body as a plain object; none is `{}`. Throws `invalid` for what isn't JSON, isn't an object, or is too deep. */
export function parseJson(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  refuseDepth(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new CoreError('invalid', { detail: 'The body is not JSON' })
  }
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid('body', 'The body must be an object')
  return value as Record<string, unknown>
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Nests flat parameters as Rails and Phoenix clients send them: `filter[inserted_at][op]=gt`, `ids[]=a`. Later ones win. */
export function nest(pairs: Iterable<[string, unknown]>): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [name, value] of pairs) {
    const path = name.split(/[[\]]+/)
    if (path.length > 1 && path.at(-1) === '' && !name.endsWith('[]')) path.pop()
    if (path.length > 8 || path.some((step) => FORBIDDEN.has(step))) continue
    put(root, path, value)
  }
  return root
}

function put(into: Record<string, unknown>, [step = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) into[step] = value
  else if (rest.length === 1 && rest[0] === '')
    into[step] = [...(Array.isArray(into[step]) ? into[step] : []), value]
  else {
    const below = into[step]
    const next = typeof below === 'object' && below !== null && !Array.isArray(below) ? below : {}
    into[step] = next
    put(next as Record<string, unknown>, rest, value)
  }
}

/** Keys with null left out: an explicit null for an optional key is absent (H6). */
export function withoutNulls(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null))
}
