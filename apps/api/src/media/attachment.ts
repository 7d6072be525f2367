import { create } from 'content-disposition'

// Controls, and the marks that turn the direction of text: they make one name look like another.
const deceptive = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The Content-Disposition (RFC 6266) that saves a response as `name`, whatever people have called their file. */
export function attachment(name: string): string {
  const plain = name.toWellFormed().replaceAll(deceptive, '').replaceAll(/[/\\]/g, '_').slice(0, 255)
  return create(plain || 'download')
}
