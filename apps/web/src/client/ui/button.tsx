import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`button ${look} ${className}`} {...rest} />
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Said by screen readers and shown as the tooltip. */
  label: string
  /** Its key, shown in the tooltip. */
  hint?: string
}

export function IconButton({ label, hint, className = '', ...rest }: IconButtonProps) {
  const title = hint ? `${label} (${hint})` : label
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={title} {...rest} />
  )
}
