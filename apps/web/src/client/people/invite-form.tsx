import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'
import { type Circle, invite } from './people.ts'

/** Takes an e-mail and what goes with it; ready for the next one as soon as it is sent. */
export function InviteForm({ circle }: { circle: Circle }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [addressed, setAddressed] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const [email = '', message = '', role = ''] = ['email', 'message', 'role'].map((name) =>
      String(new FormData(form).get(name) ?? '').trim(),
    )
    setBusy(true)
    setProblem(null)
    invite(circle, { email, ...(message && { message }), ...(role && { role }) })
      .then(
        ({ user }) => {
          toast(user ? `${user.name} is in` : `Invitation sent to ${email}`)
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
      {circle.kind === 'team' && <RoleField />}
      <Button type="submit" look="primary" disabled={busy}>
        {busy ? 'Inviting…' : 'Invite'}
      </Button>
      {circle.kind === 'project' && addressed && <MessageField />}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}

function RoleField() {
  return (
    <select className="input" name="role" aria-label="Role">
      <option value="member">Member</option>
      <option value="team_manager">Manager</option>
    </select>
  )
}

function MessageField() {
  return (
    <textarea
      className="input"
      name="message"
      rows={2}
      maxLength={1000}
      placeholder="A few words to go with it (optional)"
      aria-label="A few words to go with it"
    />
  )
}
