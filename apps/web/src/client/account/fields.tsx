import { Field } from '../ui/field.tsx'

interface EntranceFieldProps {
  label: string
  first?: boolean
}

/** A fixed `value` can be read, not changed. */
export function EmailField({ value, ...field }: EntranceFieldProps & { value?: string }) {
  const fixed = value !== undefined && { value, readOnly: true }
  return (
    <Field {...field} {...fixed} name="email" type="email" autoComplete="username" required maxLength={254} />
  )
}

export function NameField(field: EntranceFieldProps) {
  return <Field {...field} name="name" autoComplete="name" required maxLength={255} />
}

/** The password somebody has. */
export function PasswordField({ name = 'password', ...field }: EntranceFieldProps & { name?: string }) {
  return (
    <Field {...field} name={name} type="password" autoComplete="current-password" required maxLength={1024} />
  )
}

/** The password somebody chooses. */
export function NewPasswordField(field: EntranceFieldProps) {
  return (
    <Field
      {...field}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={1024}
      note="At least 8 characters."
    />
  )
}
