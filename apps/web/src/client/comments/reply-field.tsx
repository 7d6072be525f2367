import { type KeyboardEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus.ts'
import { toastError } from '../ui/toasts.tsx'
import { createReply } from '../wire/comments.ts'
import { isSendKey } from './send-key.ts'

export function ReplyField({ parentId, onClose }: { parentId: string; onClose(): void }) {
  const [text, setText] = useState('')
  const send = () => text.trim() !== '' && void createReply(parentId, text.trim()).then(onClose, toastError)
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') onClose()
    if (!isSendKey(event)) return
    event.preventDefault()
    send()
  }
  return (
    <div className="reply-field">
      <textarea
        className="input"
        rows={2}
        placeholder="Reply"
        aria-label="Reply"
        value={text}
        ref={focusNow}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" disabled={text.trim() === ''} onClick={send}>
          Reply
        </Button>
      </div>
    </div>
  )
}
