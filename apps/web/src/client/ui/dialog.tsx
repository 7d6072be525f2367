import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from './button.tsx'

interface DialogProps {
  title: string
  onClose(): void
  wide?: boolean
  children: ReactNode
}

/** A modal dialog: the browser keeps the focus inside, Escape closes it, the focus goes back to where it was. */
export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    dialog.current?.showModal()
    // The browser would choose the first button, which is the one that closes.
    dialog.current?.querySelector<HTMLElement>('.dialog-body input, .dialog-body button')?.focus()
    return () => before?.focus()
  }, [])
  return (
    <dialog ref={dialog} className={`dialog ${wide ? 'wide' : ''}`} aria-label={title} onClose={onClose}>
      <div className="dialog-head">
        <h2>{title}</h2>
        <IconButton label="Close" onClick={() => dialog.current?.close()}>
          <X size={18} />
        </IconButton>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}
