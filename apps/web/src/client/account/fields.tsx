import { focusNow } from '../ui/focus.ts'

interface FieldProps {
  label: string
  first?: boolean
}

export function EmailField({ label, first = false, value }: FieldProps & { value?: string }) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        ref={first ? focusNow : null}
        {...(value !== undefined && { value, readOnly: true })}
      />
    </label>
  )
}

export function NameField({ label, first = false }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        name="name"
        autoComplete="name"
        required
        maxLength={255}
        ref={first ? focusNow : null}
      />
    </label>
  )
}

/** The password somebody has. */
export function PasswordField({ label, first = false, name = 'password' }: FieldProps & { name?: string }) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        name={name}
        type="password"
        autoComplete="current-password"
        required
        maxLength={1024}
        ref={first ? focusNow : null}
      />
    </label>
  )
}

/** The password somebody chooses. */
export function NewPasswordField({ label, first = false }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={1024}
        ref={first ? focusNow : null}
      />
      <small>At least 8 characters.</small>
    </label>
  )
}
