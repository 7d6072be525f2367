import { frameToTimecode } from '@rushes/media/timecode'
import { Clock, Lock, LockOpen, Pencil, Send, X } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { writeAnnotation } from '../drawing/annotation.ts'
import { rangeText } from '../media/frames.ts'
import { playhead, useTransport, useTransportState } from '../media/use-transport.ts'
import { useReview } from '../player/review-context.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { toastError } from '../ui/toasts.tsx'
import { createComment, type NewComment } from '../wire/comments.ts'
import { isSendKey } from './send-key.ts'

/** Where a new comment is written. Typing pauses the video; sending lets it go on. */
export function Composer() {
  const { asset, clock, hasPicture, rights, sketch, dispatch, select } = useReview()
  const transport = useTransport()
  const [text, setText] = useState('')
  const [timed, setTimed] = useState(true)
  const [internal, setInternal] = useState(false)
  const [busy, setBusy] = useState(false)
  const resume = useRef(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const annotation = writeAnnotation(sketch.shapes)
  const sendable = text.trim() !== '' || annotation !== undefined

  function type(value: string) {
    if (transport.state().playing) {
      resume.current = true
      transport.pause()
    }
    setText(value)
  }

  async function send() {
    if (!sendable || busy) return
    setBusy(true)
    try {
      const at = clock && timed ? momentOf(transport.state()) : {}
      const comment: NewComment = {
        text: text.trim() || '✏️',
        ...at,
        ...(annotation && { annotation }),
        ...(internal && { private: true }),
      }
      const created = await createComment(asset.id, comment)
      setText('')
      // The player's keys work again.
      field.current?.blur()
      dispatch({ type: 'clear' })
      transport.setRange(null)
      if (resume.current) transport.play()
      else select(created)
      resume.current = false
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (!isSendKey(event)) return
    event.preventDefault()
    void send()
  }

  return (
    <div className={`composer ${internal ? 'internal' : ''}`}>
      <textarea
        id="composer-text"
        ref={field}
        rows={3}
        placeholder={internal ? 'Comment for the team only' : 'Leave a comment'}
        aria-label="New comment"
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-bar">
        {clock && <MomentChip timed={timed} onToggle={() => setTimed(!timed)} />}
        <span className="spacer" />
        {hasPicture && <DrawButton />}
        {rights.keepPrivate && (
          <IconButton
            label={internal ? 'Only the team sees it' : 'Everyone sees it'}
            aria-pressed={internal}
            onClick={() => setInternal(!internal)}
          >
            {internal ? <Lock size={17} /> : <LockOpen size={17} />}
          </IconButton>
        )}
        <Button look="primary" disabled={!sendable || busy} onClick={() => void send()}>
          <Send size={15} /> Send
        </Button>
      </div>
    </div>
  )
}

function DrawButton() {
  const { sketch, dispatch } = useReview()
  const transport = useTransport()
  function toggle() {
    transport.pause()
    dispatch({ type: 'take', tool: sketch.tool ? null : 'pen' })
  }
  const busy = sketch.tool !== null || sketch.shapes.length > 0
  return (
    <IconButton label="Draw on the frame" hint="D" aria-pressed={busy} onClick={toggle}>
      <Pencil size={17} />
    </IconButton>
  )
}

/** The frame or range that the comment will be about. A range of V2 is its first frame and how many follow. */
function momentOf(state: ReturnType<ReturnType<typeof useTransport>['state']>) {
  if (!state.range) return { timestamp: playhead(state) }
  return { timestamp: state.range.in, duration: state.range.out - state.range.in }
}

function MomentChip({ timed, onToggle }: { timed: boolean; onToggle(): void }) {
  const transport = useTransport()
  const frame = useTransportState(playhead)
  const range = useTransportState((state) => state.range)
  const { format } = transport.clock
  const text = range ? rangeText(range.in, range.out, format) : frameToTimecode(frame, format)
  return (
    <>
      <button
        type="button"
        className={`moment-chip mono ${timed ? '' : 'off'}`}
        aria-pressed={timed}
        title="Comment on this moment, or on the whole"
        onClick={onToggle}
      >
        <Clock size={13} /> {timed ? text : 'Whole video'}
      </button>
      {timed && range && (
        <IconButton label="Clear the range" hint="Esc" onClick={() => transport.setRange(null)}>
          <X size={14} />
        </IconButton>
      )}
    </>
  )
}
