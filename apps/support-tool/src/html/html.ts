declare const safe: unique symbol

/** Markup that was written here or escaped; nothing else gets onto a page. */
export interface Html {
  readonly [safe]: true
  toString(): string
}

/** What may stand in a template: text is escaped, nothing is left out, lists are joined. */
export type Content = Html | string | number | null | undefined | false | readonly Content[]

class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for element content and quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
}

/** A template whose values are escaped. Attribute values must stand in quotes. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  const text = strings.reduce((done, part, place) => done + render(values[place - 1]) + part)
  return new Markup(text) as unknown as Html
}

function render(value: Content): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(render).join('')
  return value instanceof Markup ? value.toString() : escapeText(String(value))
}
