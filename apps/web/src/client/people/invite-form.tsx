import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'
import { invite } from './people.ts'

/** Takes an e-mail and, if wanted, a few words; ready for the next one as soon as it is sent. */
export function InviteForm({ projectId }: { projectId: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [addressed, setAddressed] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const [email = '', message = ''] = ['email', 'message'].map((name) =>
      String(new FormData(form).get(name) ?? '').trim(),
    )
    setBusy(true)
    setProblem(null)
    invite(projectId, email, message)
      .then(
        ({ _type, user }) => {
          toast(_type === 'collaborator' ? `${user?.name ?? email} is in` : `Invitation sent to ${email}`)
          form.reset()
          setAddressed(false)
          field.current?.focus()
        },
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setBusy(false))
  }

  return (
    <form className="invite" onSubmit={submit}>
      <label className="field">
        <span>Invite by e-mail</span>
        <input
          ref={field}
          className="input"
          name="email"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          placeholder="client@example.com"
          aria-invalid={problem !== null}
          onInput={(event) => setAddressed(event.currentTarget.value !== '')}
        />
      </label>
      <Button type="submit" look="primary" disabled={busy}>
        {busy ? 'Inviting…' : 'Invite'}
      </Button>
      {addressed && (
        <textarea
          className="input"
          name="message"
          rows={2}
          maxLength={1000}
          placeholder="A few words to go with it (optional)"
          aria-label="A few words to go with it"
        />
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}
