import { type Html, href, html, toText } from '../html.ts'

/** The frame around every mail. Colours follow the reader's light or dark setting where the mail client tells it. */
export function layout({
  title,
  preview,
  body,
  footer,
}: Record<'title' | 'preview', string> & { body: Html; footer: Html }) {
  return toText(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .page { background: #14161a !important } .card { background: #1e2127 !important; color: #eceef2 !important }
  .quiet { color: #9aa1ad !important } .quote { border-color: #4b5563 !important }
  .link { color: #a5b4fc !important }
}
</style></head>
<body class="page" style="margin:0;padding:24px;background:#f3f4f6;font:16px/1.5 -apple-system,Segoe UI,Roboto,sans-serif">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" class="card" width="560" cellpadding="0" cellspacing="0"
 style="max-width:560px;width:100%;background:#ffffff;color:#1b1e24;border-radius:12px">
<tr><td style="padding:32px">${body}</td></tr></table>
<p class="quiet" style="max-width:560px;color:#6b7280;font-size:13px">${footer}</p>
</td></tr></table></body></html>`)
}

/** The one thing the reader is asked to press. Throws `EmailError('bad_link')` on anything but http and https. */
export function button(url: string, label: string): Html {
  return html`<p style="margin:24px 0 0"><a href="${href(url)}"
 style="display:inline-block;padding:12px 20px;border-radius:8px;background:#4f46e5;color:#ffffff;text-decoration:none">${label}</a></p>`
}
