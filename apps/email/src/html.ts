import { EmailError } from './errors.ts'

/** Markup that is already safe. Only `html` makes it, so text cannot be mistaken for it. */
export interface Html {
  readonly markup: string
}

type Value = string | number | Html | Html[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup with values put in: text is escaped (also for quoted attributes), `Html` goes in as it is. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const markup = strings.reduce((sum, part, index) => sum + part + render(values[index] ?? ''), '')
  return new SafeHtml(markup)
}

/** The markup as text, to be sent. */
export function toText({ markup }: Html): string {
  return markup
}

/** A URL fit for `href`. Throws `EmailError('bad_link')` unless it is http or https. */
export function href(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') throw new EmailError('bad_link')
  return parsed.href
}

class SafeHtml implements Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

function render(value: Value): string {
  if (value instanceof SafeHtml) return value.markup
  if (Array.isArray(value)) return value.map(render).join('')
  return String(value).replace(/[&<>"']/g, (char) => entities[char]!)
}
