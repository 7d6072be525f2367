import { href, html } from '../html.ts'
import type { MailContent } from '../mail.ts'
import { lines, oneLine } from '../text.ts'
import { button, layout } from './layout.ts'

export interface Invitation {
  /** Who invites, as people know them. */
  inviter: string
  /** What one is invited to: a project, a team or an account, by name. */
  place: string
  url: string
  /** A few words from the inviter. */
  note?: string
}

/** Asks someone to join. */
export function invitation(input: Invitation): MailContent {
  const inviter = oneLine(input.inviter, 80)
  const place = oneLine(input.place, 80)
  const note = input.note === undefined ? '' : lines(input.note, 1000)
  const subject = `${inviter} invited you to ${place}`
  const why = `You get this mail because ${inviter} entered your address. If you don't know them, ignore it.`
  const quote = html`<p class="quote" style="margin:16px 0;padding-left:12px;border-left:3px solid #d1d5db;white-space:pre-line">${note}</p>`
  return {
    subject,
    html: layout({
      title: subject,
      preview: note === '' ? `Review and comment on ${place}` : note,
      body: html`<p style="margin:0"><b>${inviter}</b> invited you to <b>${place}</b>.</p>
${note === '' ? '' : quote}${button(input.url, 'Accept invitation')}`,
      footer: html`${why}`,
    }),
    text: [`${inviter} invited you to ${place}.`, note, `Accept: ${href(input.url)}`, why]
      .filter((part) => part !== '')
      .join('\n\n'),
  }
}
