import { type Html, href, html } from '../html.ts'
import type { MailContent } from '../mail.ts'
import { lines, oneLine } from '../text.ts'
import { button, layout } from './layout.ts'

/** What someone did; `{n}` of the same in a row are told as one. */
export type DigestAction = 'comment' | 'reply' | 'mention' | 'upload' | 'version' | 'status'

export interface DigestItem {
  actor: string
  action: DigestAction
  /** The asset's name. */
  asset: string
  /** Where it can be seen, at the frame if there is one. */
  url: string
  /** The comment's words. */
  text?: string
  /** The place in the video, as it is shown: `00:01:02:03`. */
  timecode?: string
}

export interface Digest {
  project: string
  projectUrl: string
  items: [DigestItem, ...DigestItem[]]
  /** A page that unsubscribes when asked; opening it must change nothing. */
  unsubscribeUrl: string
}

const phrases: Record<DigestAction, (count: number) => string> = {
  comment: (count) => (count === 1 ? 'left a comment on' : `left ${count} comments on`),
  reply: (count) => (count === 1 ? 'replied on' : `replied ${count} times on`),
  mention: (count) => (count === 1 ? 'mentioned you on' : `mentioned you ${count} times on`),
  upload: () => 'uploaded',
  version: (count) => (count === 1 ? 'added a version of' : `added ${count} versions of`),
  status: () => 'changed the status of',
}

/** Tells one person what happened in a project since they last heard: "Ana left 3 comments on cut_v3.mov". */
export function digest({ project, projectUrl, items, unsubscribeUrl }: Digest): MailContent {
  const groups = [
    ...Map.groupBy(items, ({ actor, action, asset }) => JSON.stringify([actor, action, asset])).values(),
  ]
  const name = oneLine(project, 80)
  const headlines = groups.map(headline)
  const subject = headlines.length === 1 ? headlines[0]! : `${items.length} updates in ${name}`
  const why = `You get this mail because you follow ${name}.`
  return {
    subject,
    html: layout({
      title: subject,
      preview: headlines.join(' · '),
      body: html`${groups.map(groupHtml)}${button(projectUrl, `Open ${name}`)}`,
      footer: html`${why} <a class="quiet" style="color:#6b7280" href="${href(unsubscribeUrl)}">Unsubscribe</a>`,
    }),
    text: [
      ...groups.map(groupText),
      `${name}: ${href(projectUrl)}`,
      `${why}\nUnsubscribe: ${href(unsubscribeUrl)}`,
    ].join('\n\n'),
  }
}

function headline(group: DigestItem[]) {
  const { actor, action, asset } = group[0]!
  return `${oneLine(actor, 60)} ${phrases[action](group.length)} ${oneLine(asset, 100)}`
}

function groupText(group: DigestItem[]) {
  const rows = group.map((item) => {
    const said = [item.timecode, item.text === undefined ? undefined : lines(item.text, 1000)]
    return `  ${[...said, href(item.url)].filter((part) => part !== undefined).join('  ')}`
  })
  return [headline(group), ...rows].join('\n')
}

function groupHtml(group: DigestItem[]): Html {
  return html`<h2 style="font-size:17px;margin:0 0 8px">${headline(group)}</h2>
<table role="presentation" width="100%" style="margin:0 0 20px">${group.map(itemHtml)}</table>`
}

function itemHtml({ url, text, timecode }: DigestItem): Html {
  const place = html`<a href="${href(url)}" style="color:#4f46e5">${timecode ?? 'View'}</a>`
  return html`<tr><td width="96" valign="top" style="padding:4px 0">${place}</td>
<td style="padding:4px 0;white-space:pre-line">${text === undefined ? '' : lines(text, 1000)}</td></tr>`
}
