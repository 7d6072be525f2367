import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'

interface FormProps {
  action: string
  /** Shown on the button while it is under way. */
  doing: string
  onSend(form: FormData): Promise<unknown>
  /** Given in dialogs, which can be left. */
  onCancel?(): void
  children?: ReactNode
}

/** A form that is sent once at a time and stays, saying why, when it is refused. */
export function Form({ action, doing, onSend, onCancel, children }: FormProps) {
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

  const send = (
    <Button type="submit" look="primary" disabled={busy}>
      {busy ? doing : action}
    </Button>
  )
  return (
    <form className="form" onSubmit={submit}>
      {children}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {onCancel ? (
        <div className="dialog-foot">
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
          {send}
        </div>
      ) : (
        send
      )}
    </form>
  )
}
