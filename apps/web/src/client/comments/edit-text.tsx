import { type KeyboardEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus.ts'
import { toastError } from '../ui/toasts.tsx'
import { editComment } from '../wire/comments.ts'
import type { Comment } from '../wire/types.ts'
import { isSendKey } from './send-key.ts'

/** One's own comment, open for changes. */
export function EditText({ comment, onClose }: { comment: Comment; onClose(): void }) {
  const [text, setText] = useState(comment.text)
  const save = () => text.trim() !== '' && void editComment(comment.id, text.trim()).then(onClose, toastError)
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') onClose()
    if (!isSendKey(event)) return
    event.preventDefault()
    save()
  }
  return (
    <>
      <textarea
        className="input"
        rows={3}
        aria-label="Comment"
        value={text}
        ref={focusNow}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" onClick={save}>
          Save
        </Button>
      </div>
    </>
  )
}
