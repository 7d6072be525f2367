import { type FormEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyLine } from '../ui/copy-line.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toastError } from '../ui/toasts.tsx'
import { createToken, SCOPES } from './tokens.ts'

export function NewTokenDialog({ onClose }: { onClose(): void }) {
  const [secret, setSecret] = useState<string | null>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    createToken(String(form.get('description')), form.getAll('scope').map(String)).then(setSecret, toastError)
  }

  if (secret) {
    return (
      <Dialog title="Copy your token now" onClose={onClose}>
        <p>It is shown this once; we keep only a hash of it.</p>
        <CopyLine text={secret} />
        <div className="dialog-foot">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title="New developer token" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <label className="field">
          <span>What is it for?</span>
          <input
            className="input"
            name="description"
            placeholder="Ingest script on the render farm"
            required
            maxLength={255}
          />
        </label>
        <fieldset className="scopes">
          <legend className="unseen">Scopes</legend>
          {SCOPES.map((scope) => (
            <label key={scope}>
              <input type="checkbox" name="scope" value={scope} defaultChecked={!scope.endsWith('.delete')} />{' '}
              {scope}
            </label>
          ))}
        </fieldset>
        <div className="dialog-foot">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary">
            Create token
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
