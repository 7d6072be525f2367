import type { InputHTMLAttributes } from 'react'
import { focusNow } from './focus.ts'

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  /** Takes the cursor as soon as it is there. */
  first?: boolean
  /** What the field expects, said below it. */
  note?: string
}

export function Field({ label, first = false, note, ...input }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input className="input" ref={first ? focusNow : null} {...input} />
      {note && <small>{note}</small>}
    </label>
  )
}
