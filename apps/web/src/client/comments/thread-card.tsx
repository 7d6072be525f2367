import { frameToTimecode } from '@rushes/media/timecode'
import { Check, CircleCheck, Lock, Pencil, Reply, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { rangeText } from '../media/frames.ts'
import { useTransport } from '../media/use-transport.ts'
import { useReview } from '../player/review-context.ts'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/button.tsx'
import { ago } from '../ui/time.ts'
import { toastError } from '../ui/toasts.tsx'
import { createReply, deleteComment, editComment, setCompleted } from '../wire/comments.ts'
import type { Comment } from '../wire/types.ts'
import { authorOf, type Thread } from './comment-list.ts'
import { TextForm } from './text-form.tsx'

/** A comment with its replies. Clicking it goes to its frame and shows its drawing. */
export function ThreadCard({ thread: { comment, replies, number } }: { thread: Thread }) {
  const { selected, select, rights } = useReview()
  const transport = useTransport()
  const [replying, setReplying] = useState(false)
  const card = useRef<HTMLElement>(null)
  const active = selected?.id === comment.id
  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: 'nearest' })
  }, [active])

  function open() {
    select(comment)
    if (comment.timestamp !== null && comment.duration) {
      transport.playRange({ in: comment.timestamp, out: comment.timestamp + comment.duration })
    }
  }

  return (
    <article
      ref={card}
      className={`thread ${active ? 'active' : ''} ${comment.completed ? 'completed' : ''}`}
      data-comment={comment.id}
    >
      <CommentBody comment={comment} number={number} onOpen={open}>
        {rights.comment && (
          <IconButton label="Reply" onClick={() => setReplying(true)}>
            <Reply size={15} />
          </IconButton>
        )}
        {rights.complete && (
          <IconButton
            label={comment.completed ? 'Reopen' : 'Complete'}
            aria-pressed={comment.completed}
            onClick={() => void setCompleted(comment.id, !comment.completed).catch(toastError)}
          >
            {comment.completed ? <CircleCheck size={16} /> : <Check size={16} />}
          </IconButton>
        )}
      </CommentBody>
      {replies.length > 0 && (
        <div className="replies">
          {replies.map((reply) => (
            <CommentBody key={reply.id} comment={reply} onOpen={open} />
          ))}
        </div>
      )}
      {replying && (
        <div className="reply-field">
          <TextForm
            label="Reply"
            action="Reply"
            onSend={(text) => createReply(comment.id, text)}
            onClose={() => setReplying(false)}
          />
        </div>
      )}
    </article>
  )
}

interface CommentBodyProps {
  comment: Comment
  number?: number
  onOpen(): void
  children?: React.ReactNode
}

function CommentBody({ comment, number, onOpen, children }: CommentBodyProps) {
  const { me } = useReview()
  const [editing, setEditing] = useState(false)
  const author = authorOf(comment)
  const mine = author.id === me.id
  return (
    <div className="comment">
      <Avatar person={author} size={number ? 28 : 22} />
      <div className="comment-main">
        <div className="comment-head">
          <strong>{author.name}</strong>
          {author.guest && <span className="tag">Guest</span>}
          {comment.private && (
            <span className="tag" title="Only the team sees this">
              <Lock size={11} /> Internal
            </span>
          )}
          <time title={new Date(comment.inserted_at).toLocaleString()}>{ago(comment.inserted_at)}</time>
          {number && <span className="comment-number">#{number}</span>}
        </div>
        {editing ? (
          <TextForm
            label="Comment"
            action="Save"
            initial={comment.text}
            onSend={(text) => editComment(comment.id, text)}
            onClose={() => setEditing(false)}
          />
        ) : (
          <button type="button" className="comment-text" onClick={onOpen}>
            <TimeChip comment={comment} />
            {comment.text}
          </button>
        )}
        <div className="comment-actions">
          {children}
          {mine && (
            <>
              <IconButton label="Edit" onClick={() => setEditing(true)}>
                <Pencil size={14} />
              </IconButton>
              <IconButton label="Delete" onClick={() => void deleteComment(comment).catch(toastError)}>
                <Trash2 size={14} />
              </IconButton>
            </>
          )}
        </div>
      </div>
    </div>
  )
}

/** The comment's moment as timecode, from and to for a range, with a pencil where there is a drawing. */
function TimeChip({ comment }: { comment: Comment }) {
  const { clock } = useReview()
  const drawing = comment.annotation && <Pencil size={11} aria-label="with a drawing" />
  if (!clock || comment.timestamp === null || comment.parent_id)
    return drawing ? <span className="time-chip">{drawing}</span> : null
  const [from, length] = [Math.round(comment.timestamp), Math.round(comment.duration ?? 0)]
  return (
    <span className="time-chip mono">
      {length > 0 ? rangeText(from, from + length, clock.format) : frameToTimecode(from, clock.format)}
      {drawing}
    </span>
  )
}
