import type { Shape } from './shapes.ts'

/** The value of a comment's `annotation`; undefined for an empty drawing, so that the key isn't sent. */
export function writeAnnotation(shapes: readonly Shape[]): string | undefined {
  return shapes.length > 0 ? JSON.stringify(shapes) : undefined
}

/** The shapes of an annotation that can be shown. A lone object counts as a list of one; anything else is left out. */
export function readAnnotation(annotation: string | null): Shape[] {
  if (!annotation) return []
  let parsed: unknown
  try {
    parsed = JSON.parse(annotation)
  } catch {
    return []
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).flatMap((value) => readShape(value) ?? [])
}

function readShape(value: unknown): Shape | null {
  if (typeof value !== 'object' || value === null) return null
  const raw = value as Record<string, unknown>
  const stroke = { color: readColor(raw.color), size: readSize(raw.size) }
  switch (raw.tool) {
    case 'arrow':
    case 'rect': {
      const box = readNumbers(raw, ['x', 'y', 'w', 'h'])
      return box && { tool: raw.tool, ...stroke, ...box }
    }
    case 'line': {
      const ends = readNumbers(raw, ['x1', 'y1', 'x2', 'y2'])
      return ends && { tool: 'line', ...stroke, ...ends }
    }
    case 'pen':
      return isPath(raw.xs) && isPath(raw.ys) && raw.xs.length === raw.ys.length
        ? { tool: 'pen', ...stroke, xs: raw.xs, ys: raw.ys }
        : null
    default:
      return null
  }
}

function readNumbers<K extends string>(raw: Record<string, unknown>, keys: K[]): Record<K, number> | null {
  const numbers = keys.map((key) => [key, raw[key]] as const)
  return numbers.every(([, number]) => Number.isFinite(number))
    ? (Object.fromEntries(numbers) as Record<K, number>)
    : null
}

function isPath(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((number) => Number.isFinite(number))
}

/** Colours come from other people's clients: only a plain hex colour reaches the page's styles. */
function readColor(value: unknown): string {
  return typeof value === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value) ? value : '#F22237'
}

function readSize(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.min(value, 64) : 4
}
