export interface PartRange {
  index: number
  start: number
  /** One past the last byte. */
  end: number
}

/**
 * How a file of `size` bytes is cut for `count` upload URLs (v2 section 5.1): parts of ceil(size / count) bytes in the
 * order of the URLs, the last one shorter. URLs for which nothing is left get no part; an empty file has one empty part.
 */
export function splitParts(size: number, count: number): PartRange[] {
  const chunk = Math.ceil(size / count)
  const used = Math.max(1, chunk === 0 ? 1 : Math.ceil(size / chunk))
  return Array.from({ length: used }, (_, index) => ({
    index,
    start: index * chunk,
    end: Math.min(size, (index + 1) * chunk),
  }))
}
