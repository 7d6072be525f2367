import { type FormEvent, useState } from 'react'
import { Brand } from '../shell.tsx'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus.ts'
import { enter } from './links.ts'

interface EnterFormProps {
  code: string
  /** Hidden (null) until the password was given. */
  name: string | null
  needsPassword: boolean
  onEntered(): void
}

const REMEMBERED = 'rushes.guest-name'

/** Asks an outside reviewer for a name, once; their comments carry it. */
export function EnterForm({ code, name, needsPassword, onEntered }: EnterFormProps) {
  const [problem, setProblem] = useState<string | null>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [who, email, password] = ['name', 'email', 'password'].map((field) =>
      String(form.get(field) ?? '').trim(),
    )
    localStorage.setItem(REMEMBERED, who ?? '')
    enter(code, { name: who ?? '', ...(email && { email }), ...(password && { password }) }).then(
      onEntered,
      (error: Error) => setProblem(error.message),
    )
  }

  return (
    <main className="enter">
      <form className="enter-form" onSubmit={submit}>
        <Brand />
        <h1>{name ?? 'You’re invited to review'}</h1>
        <p>Say who you are; your comments will carry your name. No account needed.</p>
        <label className="field">
          <span>Your name</span>
          <input
            className="input"
            name="name"
            required
            maxLength={255}
            autoComplete="name"
            defaultValue={localStorage.getItem(REMEMBERED) ?? ''}
            ref={focusNow}
          />
        </label>
        <label className="field">
          <span>E-mail (optional)</span>
          <input className="input" name="email" type="email" autoComplete="email" />
        </label>
        {needsPassword && (
          <label className="field">
            <span>Password of the link</span>
            <input className="input" name="password" type="password" required autoComplete="off" />
          </label>
        )}
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" look="primary">
          Start reviewing
        </Button>
      </form>
    </main>
  )
}
