import { Brand } from '../shell.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { enter } from './links.ts'

interface EnterFormProps {
  code: string
  /** Hidden (null) until the password was given. */
  name: string | null
  needsPassword: boolean
  onEntered(): void
}

const REMEMBERED = 'rushes.guest-name'

/** Asks an outside reviewer for a name, once; their comments carry it. */
export function EnterForm({ code, name, needsPassword, onEntered }: EnterFormProps) {
  async function send(form: FormData) {
    const [who = '', email, password] = ['name', 'email', 'password'].map((field) =>
      String(form.get(field) ?? '').trim(),
    )
    localStorage.setItem(REMEMBERED, who)
    await enter(code, { name: who, ...(email && { email }), ...(password && { password }) })
    onEntered()
  }

  return (
    <main className="enter">
      <div className="enter-form">
        <Brand />
        <h1>{name ?? 'You’re invited to review'}</h1>
        <p>Say who you are; your comments will carry your name. No account needed.</p>
        <Form action="Start reviewing" doing="Opening…" onSend={send}>
          <Field
            label="Your name"
            first
            name="name"
            required
            maxLength={255}
            autoComplete="name"
            defaultValue={localStorage.getItem(REMEMBERED) ?? ''}
          />
          <Field label="E-mail (optional)" name="email" type="email" autoComplete="email" />
          {needsPassword && (
            <Field label="Password of the link" name="password" type="password" required autoComplete="off" />
          )}
        </Form>
      </div>
    </main>
  )
}
