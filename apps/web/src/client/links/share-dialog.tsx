import { useState } from 'react'
import { CopyLine } from '../ui/copy-line.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { createLink } from './links.ts'

interface ShareDialogProps {
  projectId: string
  assetIds: string[]
  onClose(): void
}

/** Makes a link with which people outside watch and comment, without an account. */
export function ShareDialog({ projectId, assetIds, onClose }: ShareDialogProps) {
  const [url, setUrl] = useState<string | null>(null)

  async function send(form: FormData) {
    const password = String(form.get('password'))
    const days = Number(form.get('days'))
    const link = await createLink(projectId, {
      name: String(form.get('name')),
      asset_ids: assetIds,
      enable_comments: form.has('comments'),
      enable_downloading: form.has('downloads'),
      ...(password && { password }),
      ...(days > 0 && { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() }),
    })
    setUrl(link.short_url ?? '')
  }

  if (url) {
    return (
      <Dialog title="Your review link" onClose={onClose}>
        <p>Anyone with this link can open exactly what you chose; nothing else of the project.</p>
        <CopyLine text={url} />
      </Dialog>
    )
  }
  return (
    <Dialog
      title={`Share ${assetIds.length === 1 ? 'for review' : `${assetIds.length} assets for review`}`}
      onClose={onClose}
    >
      <Form action="Create link" doing="Creating…" onSend={send} onCancel={onClose}>
        <Field
          label="Name of the link"
          name="name"
          defaultValue="For review"
          required
          maxLength={255}
          onFocus={(event) => event.target.select()}
        />
        <Field label="Password" name="password" placeholder="None" maxLength={128} autoComplete="off" />
        <label className="field">
          <span>Expires</span>
          <select className="input" name="days" defaultValue="0">
            <option value="0">Never</option>
            <option value="7">In a week</option>
            <option value="30">In a month</option>
          </select>
        </label>
        <label className="switch">
          Guests may comment <input type="checkbox" name="comments" defaultChecked />
        </label>
        <label className="switch">
          Guests may download <input type="checkbox" name="downloads" />
        </label>
      </Form>
    </Dialog>
  )
}
