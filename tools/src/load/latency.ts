/** Latencies of one run, in milliseconds. */
export interface Latencies {
  count: number
  errors: number
  p50: number
  p95: number
  p99: number
}

/** The value below which `share` of the sorted `values` lie. */
export function quantile(values: number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}

export function summarise(latencies: number[], errors: number): Latencies {
  const sorted = [...latencies].sort((a, b) => a - b)
  const round = (value: number) => Math.round(value * 100) / 100
  return {
    count: sorted.length,
    errors,
    p50: round(quantile(sorted, 0.5)),
    p95: round(quantile(sorted, 0.95)),
    p99: round(quantile(sorted, 0.99)),
  }
}

/** The middle of the values; of an even number, the lower of the two. */
export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}
