import { type Html, html } from '../html/html.ts'
import { layout, type Visitor } from '../html/layout.ts'

export function signInPage(problem: string | null, email = ''): Html {
  return layout(
    'Sign in',
    null,
    html`<form class="card" method="post" action="/sign-in">
<h1>Rushes support</h1>
<p>For staff. Everything you look at here is written down with your name and your reason.</p>
${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
<label>E-mail <input name="email" type="email" autocomplete="username" required maxlength="254" value="${email}" ${email === '' && AUTOFOCUS}></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required maxlength="1024" ${email !== '' && AUTOFOCUS}></label>
<button>Sign in</button>
</form>`,
  )
}

const AUTOFOCUS = html`autofocus`

/** Asks why, before anything is shown. */
export function reasonPage(visitor: Visitor, problem: string | null, next: string): Html {
  return layout(
    'Why are you looking?',
    visitor,
    html`<form class="card" method="post" action="/reason">
<h1>Why are you looking?</h1>
<p>A ticket, or a reason in a sentence. It is kept with each page you open, and the account’s owners can read it in their audit log.</p>
${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
<label>Ticket or reason <input name="reason" required minlength="3" maxlength="500" autocomplete="off" placeholder="T-4711: upload stuck at 90 %" value="${visitor.reason}" autofocus></label>
<input type="hidden" name="next" value="${next}">
<button>Go on</button>
</form>`,
  )
}
