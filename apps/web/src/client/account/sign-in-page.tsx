import './account.css'
import { type FormEvent, useState } from 'react'
import { resetSocket } from '../live/socket.ts'
import { Brand } from '../shell.tsx'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus.ts'
import { RequestError } from '../wire/request.ts'
import { signIn } from '../wire/session.ts'
import { SignInArt } from './sign-in-art.tsx'

export function SignInPage() {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(null)
    try {
      await signIn(String(form.get('email')), String(form.get('password')))
      resetSocket()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <main className="sign-in">
      <form className="sign-in-form" onSubmit={submit}>
        <Brand />
        <h1>Sign in</h1>
        <p>Review and approve video, frame by frame.</p>
        <label className="field">
          <span>E-mail</span>
          <input
            className="input"
            name="email"
            type="email"
            autoComplete="username"
            required
            ref={focusNow}
            aria-invalid={problem !== null}
          />
        </label>
        <label className="field">
          <span>Password</span>
          <input
            className="input"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            aria-invalid={problem !== null}
          />
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      <SignInArt />
    </main>
  )
}

function problemOf(error: unknown): string {
  if (!(error instanceof RequestError)) return 'Something went wrong. Try again.'
  return [401, 403, 404, 422].includes(error.status) ? 'This e-mail and password don’t match.' : error.message
}
