import { type Logger, pino } from 'pino'
import { prettyLines } from './pretty.ts'
import { redact } from './redact.ts'
import { scrub } from './scrub.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
export type LogFields = Record<string, unknown>

/** A named log. Fields are redacted before they are written; put errors under `error`. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** The same log with `fields` on every line. */
  with(fields: LogFields): Log
}

export interface LogsConfig {
  level: LogLevel
  /** Where lines go; standard output when absent. */
  destination?: { write(line: string): unknown }
  /** Lines for people instead of JSON; by default when standard output is a terminal. */
  pretty?: boolean
}

let sink: Logger = pino({ level: 'silent' })

/** Sets level and destination of every log of the process, also of those already made. Until then all are silent. */
export function configureLogs({ level, destination, pretty }: LogsConfig) {
  const out = destination ?? process.stdout
  const readable = pretty ?? (destination === undefined && process.stdout.isTTY === true)
  sink = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    readable ? prettyLines(out) : { write: (line: string) => void out.write(line) },
  )
}

/** The log of one part of the system, for example `logger('api')`; its name stands in every line as `app`. */
export function logger(app: string): Log {
  return bound({ app })
}

function bound(context: LogFields): Log {
  const at = (level: Exclude<LogLevel, 'silent'>) => (message: string, fields?: LogFields) => {
    if (sink.isLevelEnabled(level)) sink[level](redact({ ...fields, ...context }), scrub(message))
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => bound({ ...fields, ...context }),
  }
}
