import { useState } from 'react'
import { Link } from 'wouter'
import { Form } from '../ui/form.tsx'
import { requestReset } from './entering.ts'
import { Entrance } from './entrance.tsx'
import { EmailField } from './fields.tsx'

/** Sends a way to a new password to whoever forgot theirs; never says whether an e-mail is known. */
export function ForgotPage() {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const send = async (form: FormData) => {
    const email = String(form.get('email'))
    await requestReset(email)
    setSentTo(email)
  }
  return (
    <Entrance title="Forgot your password?">
      <h1>{sentTo ? 'Look into your mail' : 'Forgot your password?'}</h1>
      {sentTo ? (
        <p role="status">
          If somebody has an account with {sentTo}, a link to choose a new password is on its way. It works
          once, for one hour.
        </p>
      ) : (
        <>
          <p>Say your e-mail, and we send you a link to choose a new one.</p>
          <Form action="Send the link" doing="Sending…" onSend={send}>
            <EmailField label="E-mail" first />
          </Form>
        </>
      )}
      <nav className="quiet-links">
        <Link href="/">Back to signing in</Link>
      </nav>
    </Entrance>
  )
}
