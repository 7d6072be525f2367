import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './button.tsx'

interface MenuProps {
  label: string
  face: ReactNode
  side?: 'above' | 'below'
  align?: 'left' | 'right'
  className?: string
  children: ReactNode
}

/** A button that opens a list of commands: arrow keys move, Escape and a click elsewhere close. */
export function Menu({ label, face, side = 'below', align = 'left', className = '', children }: MenuProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
    itemsIn(root.current)[0]?.focus({ preventScroll: true })
    const close = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [open])

  function shut() {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!open) return
    const all = itemsIn(root.current)
    const at = all.indexOf(document.activeElement as HTMLElement)
    const move = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Escape') shut()
    else if (move === undefined) return
    else all.at(move % all.length)?.focus()
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the items inside
    <div className={`menu ${className}`} ref={root} onKeyDown={onKeyDown}>
      <IconButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {face}
      </IconButton>
      {open && (
        <div id={id} role="menu" className={`menu-list ${side} ${align}`} onClick={shut} onKeyDown={() => {}}>
          {children}
        </div>
      )}
    </div>
  )
}

function itemsIn(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('.menu-item') ?? [])]
}

interface MenuItemProps {
  children: ReactNode
  onSelect(): void
  checked?: boolean
  hint?: string
  danger?: boolean
}

export function MenuItem({ children, onSelect, checked, hint, danger = false }: MenuItemProps) {
  const choice = checked === undefined ? {} : ({ role: 'menuitemradio', 'aria-checked': checked } as const)
  return (
    <button
      type="button"
      role="menuitem"
      {...choice}
      className={`menu-item ${danger ? 'danger' : ''}`}
      onClick={onSelect}
    >
      {children}
      {hint && <span className="hint">{hint}</span>}
    </button>
  )
}
