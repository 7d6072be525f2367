import { type Html, href, html } from '../html.ts'
import type { MailContent } from '../mail.ts'
import { lines, oneLine } from '../text.ts'
import { button, layout } from './layout.ts'

export interface DigestItem {
  /** What happened, as a sentence without its full stop: "Ana commented on cut_v3.mov". Equal ones are told as one. */
  sentence: string
  /** Where it can be seen, at the frame if there is one. */
  url: string
  /** The comment's words. */
  quote?: string
  /** The place in the video, as it is shown: `00:01:02:03`. */
  timecode?: string
}

export interface Digest {
  project: string
  projectUrl: string
  items: [DigestItem, ...DigestItem[]]
  /** A page that unsubscribes when asked; opening it must change nothing. */
  unsubscribeUrl?: string
}

/** Tells one person what happened in a project since they last heard. */
export function digest({ project, projectUrl, items, unsubscribeUrl }: Digest): MailContent {
  const groups = [...Map.groupBy(items, ({ sentence }) => sentence).values()]
  const name = oneLine(project, 80)
  const headlines = groups.map(headline)
  const subject = headlines.length === 1 ? headlines[0]! : `${items.length} updates in ${name}`
  const why = `You get this mail because you follow ${name}.`
  const stop = unsubscribeUrl === undefined ? undefined : href(unsubscribeUrl)
  return {
    subject,
    html: layout({
      title: subject,
      preview: headlines.join(' · '),
      body: html`${groups.map(groupHtml)}${button(projectUrl, `Open ${name}`)}`,
      footer: html`${why} ${stop === undefined ? '' : html`<a class="quiet" style="color:#6b7280" href="${stop}">Unsubscribe</a>`}`,
    }),
    text: [
      ...groups.map(groupText),
      `${name}: ${href(projectUrl)}`,
      stop === undefined ? why : `${why}\nUnsubscribe: ${stop}`,
    ].join('\n\n'),
  }
}

function headline(group: DigestItem[]) {
  const sentence = oneLine(group[0]!.sentence, 160)
  return group.length === 1 ? sentence : `${sentence}, ${group.length} times`
}

function groupText(group: DigestItem[]) {
  const rows = group.map(({ timecode, quote, url }) => {
    const said = [timecode, quote === undefined ? undefined : lines(quote, 1000), href(url)]
    return `  ${said.filter((part) => part !== undefined).join('  ')}`
  })
  return [headline(group), ...rows].join('\n')
}

function groupHtml(group: DigestItem[]): Html {
  return html`<h2 style="font-size:17px;margin:0 0 8px">${headline(group)}</h2>
<table role="presentation" width="100%" style="margin:0 0 20px">${group.map(itemHtml)}</table>`
}

function itemHtml({ url, quote, timecode }: DigestItem): Html {
  const place = html`<a class="link" style="color:#4f46e5" href="${href(url)}">${timecode ?? 'View'}</a>`
  return html`<tr><td width="96" valign="top" style="padding:4px 0">${place}</td>
<td style="padding:4px 0;white-space:pre-line">${quote === undefined ? '' : lines(quote, 1000)}</td></tr>`
}
