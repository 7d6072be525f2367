const colour: Record<string, number> = { debug: 90, info: 36, warn: 33, error: 31 }

/** A destination that turns JSON log lines into lines for people and hands them to `out`. */
export function prettyLines(out: { write(line: string): unknown }) {
  return {
    write(line: string) {
      const { level, time, app, msg, ...fields } = JSON.parse(line) as Record<string, unknown>
      const clock = String(time).slice(11, 23)
      const detail = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
      out.write(`${clock} \u001b[${colour[String(level)] ?? 0}m${level}\u001b[0m ${app}: ${msg}${detail}\n`)
    },
  }
}
