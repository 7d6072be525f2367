import { href, html } from '../html.ts'
import type { MailContent } from '../mail.ts'
import { oneLine } from '../text.ts'
import { button, layout } from './layout.ts'

export interface PasswordReset {
  /** Whose password it is. */
  name: string
  url: string
}

/** The way to a new password for somebody who forgot theirs. */
export function passwordReset({ name, url }: PasswordReset): MailContent {
  const subject = 'Choose a new password'
  const hello = `Hello ${oneLine(name, 80)},`
  const what =
    'somebody asked for a new password for your account at Rushes. The link works once, for one hour.'
  const why = "If that wasn't you, ignore this mail: your password stays as it is."
  return {
    subject,
    html: layout({
      title: subject,
      preview: 'The link works once, for one hour.',
      body: html`<p style="margin:0 0 8px">${hello}</p><p style="margin:0">${what}</p>${button(url, 'Choose a new password')}`,
      footer: html`${why}`,
    }),
    text: [`${hello} ${what}`, href(url), why].join('\n\n'),
  }
}
