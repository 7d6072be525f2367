import type { Accounts } from '@rushes/core'
import { type Content, type Html, html } from './html.ts'

/** Who is looking, and why; what every page says at its top. */
export interface Visitor {
  staff: Accounts.StaffMember
  reason: string | null
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%2317171a'/%3E%3Cpath d='M13 10.2v11.6L22 16z' fill='%236fb2ff'/%3E%3C/svg%3E"

/** A whole page. */
export function layout(title: string, visitor: Visitor | null, body: Content): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Rushes support</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/support.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${visitor && bar(visitor)}
<main id="main" tabindex="-1">${body}</main>
</body>
</html>
`
}

function bar({ staff, reason }: Visitor): Html {
  return html`<header>
<a class="brand" href="/" aria-label="Rushes support"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#17171a"/><path d="M8 7h2.4v18H8zM21.6 7H24v18h-2.4z" fill="#6fb2ff" opacity=".38"/><path d="M13 10.2v11.6L22 16z" fill="#6fb2ff"/></svg><span>Rushes <b>support</b></span></a>
<nav aria-label="Pages"><a href="/">Find</a><a href="/system">System</a></nav>
${reason !== null && html`<p class="case" title="${reason}"><span>Looking because:</span> <b>${reason}</b> <a href="/reason">change</a></p>`}
<form method="post" action="/sign-out"><span title="${staff.email}">${staff.name}</span><button class="quiet">Sign out</button></form>
</header>`
}

/** A page about a refusal or a fault. */
export function messagePage(visitor: Visitor | null, title: string, text: string): Html {
  return layout(
    title,
    visitor,
    html`<div class="card"><h1>${title}</h1><p>${text}</p><p><a class="button" href="/">Back to the start</a></p></div>`,
  )
}
