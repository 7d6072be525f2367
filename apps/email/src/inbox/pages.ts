import { type Html, html, toText } from '../html.ts'
import type { CapturedMail } from './capture.ts'

const style = html`<style>
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; overflow-wrap: anywhere }
time { opacity: .7; white-space: nowrap }
iframe { width: 100%; height: 32rem; border: 1px solid #8884; border-radius: 8px; background: canvas }
pre { white-space: pre-wrap; padding: 1rem; border: 1px solid #8884; border-radius: 8px }
</style>`

/** The list of captured mails; it looks for new ones every five seconds. */
export function listPage(mails: CapturedMail[]): string {
  const rows = mails.map(
    (mail) => html`<tr>
<td><a href="/${mail.id}">${mail.subject}</a></td><td>${mail.to}</td><td><time>${mail.at.slice(0, 19)}Z</time></td></tr>`,
  )
  const none = html`<p>No mail yet. What Rushes sends arrives here until an SMTP server is configured.</p>`
  return page(
    'Inbox',
    html`<meta http-equiv="refresh" content="5"><h1>Inbox</h1>
${mails.length === 0 ? none : html`<table><tr><th>Subject</th><th>To</th><th>At</th></tr>${rows}</table>`}`,
  )
}

/** One mail: the HTML part in a frame that runs no script, the text part and the headers. */
export function mailPage(mail: CapturedMail): string {
  const headers = mail.headers.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)
  const framed = `<base target="_blank">${mail.html}`
  return page(
    mail.subject,
    html`<p><a href="/">Inbox</a></p><h1>${mail.subject}</h1>
<iframe title="HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${framed}"></iframe>
<h2>Text</h2><pre>${mail.text}</pre>
<h2>Headers</h2><table>${headers}</table>`,
  )
}

function page(title: string, body: Html) {
  return toText(html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title} · Rushes mail</title>${style}</head>
<body>${body}</body></html>`)
}
