/** Line breaks, other control characters and marks that reverse the direction of what follows. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** A person's text as one line of at most `max` characters, fit for a subject or a name. */
export function oneLine(text: string, max: number): string {
  const line = text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim()
  const chars = [...line]
  return chars.length <= max ? line : `${chars.slice(0, max - 1).join('')}…`
}

/** A person's text of several lines of at most `max` characters, without control characters. */
export function lines(text: string, max: number): string {
  const clean = text.split(/\r\n?|\n/).map((line) => line.replace(unprintable, ' ').trimEnd())
  const chars = [...clean.join('\n').trim()]
  return chars.length <= max ? chars.join('') : `${chars.slice(0, max - 1).join('')}…`
}
