import { scrub } from './scrub.ts'

const HIDDEN = '[redacted]'
const MAX_DEPTH = 8
const MAX_VALUES = 1000

const secretKey =
  /authorization|cookie|passw(or)?d|passphrase|token|secret|signature|credential|session_?id|api[-_]?key|private[-_]?key/i

interface Walk {
  depth: number
  /** Values that may still be written, over the whole tree: a logged socket or request has hundreds of thousands. */
  budget: { left: number }
}

/**
 * A copy of `value` that is safe to write down: what stands under a key that names a secret is hidden whole, strings
 * lose the secrets inside them (see `scrub`), bytes become their count, depth and size are bounded. Never throws on
 * cycles.
 */
export function redact(value: unknown): unknown {
  return walk(value, { depth: 0, budget: { left: MAX_VALUES } })
}

function walk(value: unknown, at: Walk): unknown {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (at.depth >= MAX_DEPTH || at.budget.left <= 0) return '[cut]'
  const inside = { depth: at.depth + 1, budget: at.budget }
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return scrub(value.href)
  if (value instanceof Error) return walkError(value, inside)
  if (value instanceof Map || value instanceof Headers) return walkEntries([...value], inside)
  if (Array.isArray(value) || value instanceof Set) return walkItems([...value], inside)
  return walkEntries(Object.entries(value), inside)
}

function walkItems(items: unknown[], at: Walk) {
  return take(items, at).map((item) => walk(item, at))
}

function walkEntries(entries: [unknown, unknown][], at: Walk) {
  return Object.fromEntries(
    take(entries, at).map(([key, value]) => {
      const name = String(key)
      return [scrub(name), secretKey.test(name) ? hide(value) : walk(value, at)]
    }),
  )
}

function walkError(error: Error, at: Walk) {
  const { name, message, stack, cause, ...rest } = error
  return {
    type: name,
    message: scrub(message),
    stack: stack === undefined ? undefined : scrub(stack),
    ...(cause === undefined ? {} : { cause: walk(cause, at) }),
    ...walkEntries(Object.entries(rest), at),
  }
}

function take<T>(values: T[], { budget }: Walk): T[] {
  const taken = values.slice(0, Math.max(0, budget.left))
  budget.left -= taken.length
  return taken
}

/** Absence and yes/no say nothing secret and often explain a failure. */
function hide(value: unknown) {
  return value === null || value === undefined || typeof value === 'boolean' ? value : HIDDEN
}
