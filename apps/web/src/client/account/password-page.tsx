import { useState } from 'react'
import { Form } from '../ui/form.tsx'
import { toast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { changePassword } from './entering.ts'
import { NewPasswordField, PasswordField } from './fields.tsx'

/** Changes the password of who is signed in. */
export function PasswordPage() {
  useTitle('Password')
  // A new form for each change: nothing of the last one stays in its fields.
  const [changes, setChanges] = useState(0)
  const send = async (form: FormData) => {
    await changePassword(String(form.get('current')), String(form.get('password')))
    setChanges(changes + 1)
    toast('Your password is changed; all other sessions have ended')
  }
  return (
    <div className="page narrow">
      <div className="page-head">
        <h1>Password</h1>
      </div>
      <div className="password-form">
        <p>All other sessions end when you change it. Developer tokens stay.</p>
        <Form key={changes} action="Change password" doing="Changing…" onSend={send}>
          <PasswordField name="current" label="Current password" first />
          <NewPasswordField label="New password" />
        </Form>
      </div>
    </div>
  )
}
