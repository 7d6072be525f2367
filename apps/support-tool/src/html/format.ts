import { type Html, html } from './html.ts'

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** `1.4 GB`: powers of 1024, three digits at most. */
export function bytes(count: number): string {
  const power = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(count) / 10))
  const value = count / 1024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${UNITS[power]}`
}

/** `1,234`, with its noun where one is given. */
export function count(number: number, noun?: string): string {
  const digits = number.toLocaleString('en-US')
  return noun === undefined ? digits : `${digits} ${noun}${number === 1 ? '' : 's'}`
}

/** `3.2 s`, `4 min`, `2 h`, `3 days` */
export function seconds(duration: number): string {
  if (duration < 60) return `${Number(duration.toFixed(1))} s`
  if (duration < 3600) return `${Math.round(duration / 60)} min`
  if (duration < 2 * 86_400) return `${Math.round(duration / 3600)} h`
  return `${Math.round(duration / 86_400)} days`
}

/** A moment in UTC, to the minute; exact for machines and on hover. */
export function moment(at: string | null): Html {
  if (at === null) return html`<span class="faint">never</span>`
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}" title="${iso}">${iso.slice(0, 16).replace('T', ' ')}</time>`
}

/** A day in UTC. */
export function day(at: string): Html {
  return html`<time datetime="${at}">${new Date(at).toISOString().slice(0, 10)}</time>`
}
