import { type FormEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyLine } from '../ui/copy-line.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { createLink } from './links.ts'

interface ShareDialogProps {
  projectId: string
  assetIds: string[]
  onClose(): void
}

/** Makes a link with which people outside watch and comment, without an account. */
export function ShareDialog({ projectId, assetIds, onClose }: ShareDialogProps) {
  const [url, setUrl] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const password = String(form.get('password'))
    const days = Number(form.get('days'))
    createLink(projectId, {
      name: String(form.get('name')),
      asset_ids: assetIds,
      enable_comments: form.has('comments'),
      enable_downloading: form.has('downloads'),
      ...(password && { password }),
      ...(days > 0 && { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() }),
    }).then(
      (link) => setUrl(link.short_url ?? ''),
      (error: Error) => setProblem(error.message),
    )
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
      <form className="dialog-form" onSubmit={submit}>
        <label className="field">
          <span>Name of the link</span>
          <input
            className="input"
            name="name"
            defaultValue="For review"
            required
            maxLength={255}
            onFocus={(event) => event.target.select()}
          />
        </label>
        <label className="field">
          <span>Password</span>
          <input className="input" name="password" placeholder="None" maxLength={128} autoComplete="off" />
        </label>
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
            Create link
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
