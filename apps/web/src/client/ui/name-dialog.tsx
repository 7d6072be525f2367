import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { Form } from './form.tsx'

interface NameDialogProps {
  title: string
  action: string
  /** Shown on the button while it is under way. */
  doing: string
  name?: string
  onClose(): void
  onName(name: string): Promise<unknown>
}

/** Asks for a name and stays open, saying why, when it isn't accepted. */
export function NameDialog({ title, action, doing, name = '', onClose, onName }: NameDialogProps) {
  async function send(form: FormData) {
    const text = String(form.get('name')).trim()
    if (text === '') throw new Error('Give it a name.')
    await onName(text)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form action={action} doing={doing} onSend={send} onCancel={onClose}>
        <Field
          label="Name"
          name="name"
          defaultValue={name}
          maxLength={255}
          onFocus={(event) => event.target.select()}
        />
      </Form>
    </Dialog>
  )
}
