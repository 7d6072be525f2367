import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { resetSocket } from '../live/socket.ts'
import { Form } from '../ui/form.tsx'
import { RequestError } from '../wire/request.ts'
import { signIn } from '../wire/session.ts'
import { signUpQuery } from './entering.ts'
import { Entrance } from './entrance.tsx'
import { EmailField, PasswordField } from './fields.tsx'

export function SignInPage() {
  const { data: mayMakeAccount } = useQuery(signUpQuery)
  const send = (form: FormData) =>
    signIn(String(form.get('email')), String(form.get('password'))).then(resetSocket, (error: unknown) => {
      throw new Error(problemOf(error))
    })
  return (
    <Entrance title="Sign in">
      <h1>Sign in</h1>
      <p>Review and approve video, frame by frame.</p>
      <Form action="Sign in" doing="Signing in…" onSend={send}>
        <EmailField label="E-mail" first />
        <PasswordField label="Password" />
      </Form>
      <nav className="quiet-links">
        <Link href="/forgot">Forgot your password?</Link>
        {mayMakeAccount && <Link href="/sign-up">Create an account</Link>}
      </nav>
    </Entrance>
  )
}

function problemOf(error: unknown): string {
  if (!(error instanceof RequestError)) return 'Something went wrong. Try again.'
  return [401, 403, 404, 422].includes(error.status) ? 'This e-mail and password don’t match.' : error.message
}
