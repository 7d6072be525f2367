/** A number from 0 to 1 that never falls. */
export type ProgressListener = (fraction: number) => void

/**
 * Reads `ffmpeg -progress pipe:1` (lines of `key=value`, in chunks cut anywhere) and reports a share of a whole.
 * `frame` counts frames; `out_time_ms` is in microseconds in every version, whatever its name says.
 */
export function progressReader(
  total: { key: 'frame' | 'out_time_ms'; value: number },
  report: ProgressListener,
) {
  let rest = ''
  return (chunk: Buffer): void => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [key, value] = line.split('=')
      const fraction = Number(value) / total.value
      if (key === total.key && fraction >= 0) report(Math.min(1, fraction))
    }
  }
}

/** Maps a step's own 0 to 1 onto its part of the whole, and swallows what would go backwards. */
export function progressStages(listener: ProgressListener | undefined) {
  let reached = 0
  return (from: number, to: number): ProgressListener =>
    (fraction) => {
      const next = from + (to - from) * fraction
      if (next <= reached) return
      reached = next
      listener?.(next)
    }
}
