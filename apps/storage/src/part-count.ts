const mib = 1024 ** 2

/** Parts are planned to be at most this many bytes, until there would be more than 10,000 of them. */
export const PART_BYTES = 25 * mib
const MOST_PARTS = 10_000

/** How many upload URLs a file of `size` bytes gets: never 0, since clients divide by it. */
export function partCount(size: number): number {
  return Math.min(MOST_PARTS, Math.max(1, Math.ceil(size / PART_BYTES)))
}
