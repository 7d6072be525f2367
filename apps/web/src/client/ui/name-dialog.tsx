import { type FormEvent, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface NameDialogProps {
  title: string
  action: string
  name?: string
  onClose(): void
  onName(name: string): Promise<unknown>
}

/** Asks for a name and stays open, saying why, when it isn't accepted. */
export function NameDialog({ title, action, name = '', onClose, onName }: NameDialogProps) {
  const [problem, setProblem] = useState<string | null>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('name')).trim()
    if (text === '') return setProblem('Give it a name.')
    onName(text).then(onClose, (error: Error) => setProblem(error.message))
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <label className="field">
          <span>Name</span>
          <input
            className="input"
            name="name"
            defaultValue={name}
            maxLength={255}
            onFocus={(event) => event.target.select()}
          />
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-foot">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary">
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
