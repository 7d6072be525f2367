import './account.css'
import './entrance.css'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Brand } from '../shell.tsx'
import { Button } from '../ui/button.tsx'
import { useTitle } from '../ui/use-title.ts'
import { SignInArt } from './sign-in-art.tsx'

interface EntranceProps {
  title: string
  children: ReactNode
}

/** The frame around the pages through which people get in. */
export function Entrance({ title, children }: EntranceProps) {
  useTitle(title)
  return (
    <main className="sign-in">
      <div className="sign-in-form entrance">
        <Brand />
        {children}
      </div>
      <SignInArt />
    </main>
  )
}

interface EntranceFormProps {
  action: string
  /** Shown on the button while it is under way. */
  doing: string
  onSend(form: FormData): Promise<unknown>
  children?: ReactNode
}

/** A form that is sent once at a time and stays, saying why, when it is refused. */
export function EntranceForm({ action, doing, onSend, children }: EntranceFormProps) {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    onSend(new FormData(event.currentTarget))
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }

  return (
    <form className="dialog-form" onSubmit={submit}>
      {children}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <Button type="submit" look="primary" disabled={busy}>
        {busy ? doing : action}
      </Button>
    </form>
  )
}
