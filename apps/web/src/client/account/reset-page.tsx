import { useState } from 'react'
import { useLocation } from 'wouter'
import { Form } from '../ui/form.tsx'
import { toast } from '../ui/toasts.tsx'
import { RequestError } from '../wire/request.ts'
import { resetPassword } from './entering.ts'
import { Entrance } from './entrance.tsx'
import { NewPasswordField } from './fields.tsx'
import { LinkGone } from './link-gone.tsx'
import { useFragment } from './use-fragment.ts'

/** Where a mailed reset leads: a new password, and in. */
export function ResetPage() {
  const token = useFragment()
  const [gone, setGone] = useState(false)
  const [, navigate] = useLocation()
  const send = async (form: FormData) => {
    try {
      await resetPassword(token, String(form.get('password')))
    } catch (error) {
      if (!(error instanceof RequestError && error.fields.token)) throw error
      return setGone(true)
    }
    navigate('/', { replace: true })
    toast('Your password is changed; all other sessions have ended')
  }
  if (gone || token === '') return <LinkGone />
  return (
    <Entrance title="Choose a new password">
      <h1>Choose a new password</h1>
      <p>You are signed in here afterwards, and signed out everywhere else.</p>
      <Form action="Set password" doing="Setting…" onSend={send}>
        <NewPasswordField label="New password" first />
      </Form>
    </Entrance>
  )
}
