import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { Form } from '../ui/form.tsx'
import { RequestError } from '../wire/request.ts'
import { signUp, signUpQuery } from './entering.ts'
import { Entrance } from './entrance.tsx'
import { EmailField, NameField, NewPasswordField } from './fields.tsx'

/** Makes an account, where the installation lets anybody do so. */
export function SignUpPage() {
  const open = useQuery(signUpQuery)
  const [, navigate] = useLocation()
  const send = async (form: FormData) => {
    const [name = '', email = '', password = ''] = ['name', 'email', 'password'].map((field) =>
      String(form.get(field)),
    )
    await signUp({ name, email, password }).catch((error: unknown) => {
      throw error instanceof RequestError && error.status === 409
        ? new RequestError(409, 'Somebody has an account with this e-mail. Sign in instead.')
        : error
    })
    navigate('/', { replace: true })
  }
  if (open.isPending) return null
  return (
    <Entrance title="Create an account">
      <h1>{open.data ? 'Create an account' : 'By invitation only'}</h1>
      {open.data ? (
        <Form action="Create account" doing="Creating…" onSend={send}>
          <NameField label="Your name" first />
          <EmailField label="E-mail" />
          <NewPasswordField label="Choose a password" />
        </Form>
      ) : (
        <p>Ask somebody of your team to invite you; a mail then shows you the way in.</p>
      )}
      <nav className="quiet-links">
        <Link href="/">Sign in instead</Link>
      </nav>
    </Entrance>
  )
}
