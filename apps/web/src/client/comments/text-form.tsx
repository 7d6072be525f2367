import { type KeyboardEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus.ts'
import { toastError } from '../ui/toasts.tsx'
import { isSendKey } from './send-key.ts'

interface TextFormProps {
  label: string
  action: string
  initial?: string
  onSend(text: string): Promise<unknown>
  onClose(): void
}

/** The text of a comment or reply: Enter sends it once and closes, Escape closes. A refusal leaves what was written. */
export function TextForm({ label, action, initial = '', onSend, onClose }: TextFormProps) {
  const [text, setText] = useState(initial)
  const [busy, setBusy] = useState(false)
  const sendable = text.trim() !== '' && !busy

  function send() {
    if (!sendable) return
    setBusy(true)
    onSend(text.trim())
      .then(onClose, toastError)
      .finally(() => setBusy(false))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') onClose()
    if (!isSendKey(event)) return
    event.preventDefault()
    send()
  }

  return (
    <div className="text-form">
      <textarea
        className="input"
        rows={2}
        placeholder={label}
        aria-label={label}
        value={text}
        ref={focusNow}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" disabled={!sendable} onClick={send}>
          {action}
        </Button>
      </div>
    </div>
  )
}
