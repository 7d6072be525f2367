import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyLine } from '../ui/copy-line.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { createToken, SCOPES } from './tokens.ts'

export function NewTokenDialog({ onClose }: { onClose(): void }) {
  const [secret, setSecret] = useState<string | null>(null)

  const send = async (form: FormData) =>
    setSecret(await createToken(String(form.get('description')), form.getAll('scope').map(String)))

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
      <Form action="Create token" doing="Creating…" onSend={send} onCancel={onClose}>
        <Field
          label="What is it for?"
          name="description"
          placeholder="Ingest script on the render farm"
          required
          maxLength={255}
        />
        <fieldset className="scopes">
          <legend className="unseen">Scopes</legend>
          {SCOPES.map((scope) => (
            <label key={scope}>
              <input type="checkbox" name="scope" value={scope} defaultChecked={!scope.endsWith('.delete')} />{' '}
              {scope}
            </label>
          ))}
        </fieldset>
      </Form>
    </Dialog>
  )
}
