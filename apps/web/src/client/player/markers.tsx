import type { CSSProperties } from 'react'
import { authorOf } from '../comments/comment-list.ts'
import { useTransport } from '../media/use-transport.ts'
import { Avatar, colorOf } from '../ui/avatar.tsx'
import type { Comment } from '../wire/types.ts'
import { useReview } from './review-context.ts'

/** Every comment at its moment: a face, and a bar in its author's colour for a range. */
export function Markers({ last }: { last: number }) {
  const { comments, selected, select } = useReview()
  const transport = useTransport()
  const placed = comments.filter((comment) => comment.parent_id === null && comment.timestamp !== null)
  function open(comment: Comment) {
    select(comment)
    if (comment.timestamp !== null && comment.duration)
      transport.playRange({
        in: comment.timestamp,
        out: Math.min(last, comment.timestamp + comment.duration),
      })
  }
  return (
    <div className="markers">
      {placed.map((comment) => (
        <Marker
          key={comment.id}
          comment={comment}
          last={last}
          selected={comment.id === selected?.id}
          onOpen={() => open(comment)}
        />
      ))}
    </div>
  )
}

interface MarkerProps {
  comment: Comment
  last: number
  selected: boolean
  onOpen(): void
}

function Marker({ comment, last, selected, onOpen }: MarkerProps) {
  const author = authorOf(comment)
  const left = `${((comment.timestamp ?? 0) / last) * 100}%`
  const style = { '--color': colorOf(author), left } as CSSProperties
  return (
    <>
      {comment.duration ? (
        <i className="marker-range" style={{ ...style, width: `${(comment.duration / last) * 100}%` }} />
      ) : null}
      <button
        type="button"
        className={`marker ${selected ? 'selected' : ''} ${comment.completed ? 'completed' : ''}`}
        style={style}
        title={`${author.name}: ${comment.text}`}
        aria-label={`Comment by ${author.name}: ${comment.text}`}
        onClick={onOpen}
      >
        <Avatar person={author} size={18} />
      </button>
    </>
  )
}
